package org.ampay.build.wire;

import java.util.ArrayList;
import java.util.List;
import org.ampay.build.wire.Field.Items;
import org.ampay.build.wire.Field.Kind;

/** The Java code of one record component: its type, how it is read and how it is written. */
record FieldCode(Field field) {

  private String name() {
    return field.javaName();
  }

  /** The type without @Nullable. */
  String javaType() {
    if (field.isList()) {
      return "List<" + boxed() + ">";
    }
    return field.required() ? single() : boxed();
  }

  /** As a record component. */
  String component() {
    return (field.isNullable() ? "@Nullable " : "") + javaType() + ' ' + name();
  }

  /** As a parameter that is given. */
  String parameter() {
    return (field.isList() ? "List<" + boxed() + ">" : single()) + ' ' + name();
  }

  /** What stands for an absent optional component. */
  String absent() {
    return field.isList() ? "List.of()" : "null";
  }

  /** The local variable of the reader. */
  String local() {
    String initial =
        switch (javaType()) {
          case "int", "long" -> "0";
          case "boolean" -> "false";
          case String type when type.startsWith("List<") -> "List.of()";
          default -> "null";
        };
    return javaType() + ' ' + name() + " = " + initial + ';';
  }

  private String single() {
    return switch (field.kind()) {
      case Kind.Whole whole -> whole.wide() ? "long" : "int";
      case Kind.Bool _ -> "boolean";
      default -> boxed();
    };
  }

  private String boxed() {
    return switch (field.kind()) {
      case Kind.Text _, Kind.Uri _ -> "String";
      case Kind.Whole whole -> whole.wide() ? "Long" : "Integer";
      case Kind.Decimal _ -> "BigDecimal";
      case Kind.Bool _ -> "Boolean";
      case Kind.DateTime _ -> "Instant";
      case Kind.Any _ -> "RawJson";
      case Kind.Type type -> Names.type(type.name());
      case Kind.Choice choice -> Names.type(choice.name());
    };
  }

  /** The expression that reads the value. */
  String read() {
    if (field.items().isEmpty()) {
      return readOne("in");
    }
    Items items = field.items().get();
    String max = items.max() == Integer.MAX_VALUE ? "Integer.MAX_VALUE" : "" + items.max();
    String item =
        field.kind() instanceof Kind.Type ? boxed() + "::read" : "item -> " + readOne("item");
    return "in.list(" + items.min() + ", " + max + ", " + item + ")";
  }

  private String readOne(String in) {
    return switch (field.kind()) {
      case Kind.Text text when text.min() > 0 ->
          in + ".string(" + text.min() + ", " + text.max() + ")";
      case Kind.Text text when text.max() == Integer.MAX_VALUE -> in + ".string(Integer.MAX_VALUE)";
      case Kind.Text text -> in + ".string(" + text.max() + ")";
      case Kind.Uri _ -> in + ".uri()";
      case Kind.Whole whole when whole.wide() -> in + ".wide()";
      case Kind.Whole whole when isUnbounded(whole) -> in + ".integer()";
      case Kind.Whole whole -> in + ".integer(" + whole.min() + ", " + whole.max() + ")";
      case Kind.Decimal decimal when decimal.step().isPresent() ->
          in + ".multiple(" + constant("STEP") + ")";
      case Kind.Decimal decimal when decimal.min().isEmpty() && decimal.max().isEmpty() ->
          in + ".number()";
      case Kind.Decimal decimal ->
          in
              + ".number("
              + (decimal.min().isEmpty() ? "null" : constant("MIN"))
              + ", "
              + (decimal.max().isEmpty() ? "null" : constant("MAX"))
              + ")";
      case Kind.Bool _ -> in + ".bool()";
      case Kind.DateTime _ -> in + ".dateTime()";
      case Kind.Any _ -> in + ".any()";
      case Kind.Type _ -> boxed() + ".read(" + in + ")";
      case Kind.Choice _ -> in + ".choice(" + boxed() + ".BY_WIRE_NAME)";
    };
  }

  private static boolean isUnbounded(Kind.Whole whole) {
    return whole.min() == Integer.MIN_VALUE && whole.max() == Integer.MAX_VALUE;
  }

  /** Declarations of the constants that {@link #read} uses. */
  List<String> constants() {
    List<String> lines = new ArrayList<>();
    if (field.kind() instanceof Kind.Decimal decimal) {
      decimal.step().ifPresent(value -> lines.add(decimalConstant("STEP", value.toString())));
      decimal.min().ifPresent(value -> lines.add(decimalConstant("MIN", value.toString())));
      decimal.max().ifPresent(value -> lines.add(decimalConstant("MAX", value.toString())));
    }
    return lines;
  }

  private String decimalConstant(String suffix, String value) {
    String text = "new BigDecimal(\"" + value + "\")";
    return "private static final BigDecimal " + constant(suffix) + " = " + text + ';';
  }

  private String constant(String suffix) {
    return field.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase() + '_' + suffix;
  }

  /** The statement that writes the value. */
  String write() {
    if (!field.isList()) {
      return writeOne();
    }
    String method =
        switch (field.kind()) {
          case Kind.Text _, Kind.Uri _ -> "writeStrings";
          case Kind.Whole whole when !whole.wide() -> "writeIntegers";
          case Kind.Type _ -> "writeObjects";
          case Kind.Choice _ -> "writeEnums";
          case Kind other ->
              throw new IllegalStateException(field.name() + ": no list of " + other + " so far");
        };
    return "Wire." + method + "(out, " + name() + ");";
  }

  private String writeOne() {
    return switch (field.kind()) {
      case Kind.Text _, Kind.Uri _ -> "out.writeString(" + name() + ");";
      case Kind.Whole _, Kind.Decimal _ -> "out.writeNumber(" + name() + ");";
      case Kind.Bool _ -> "out.writeBoolean(" + name() + ");";
      case Kind.DateTime _ -> "Wire.writeDateTime(out, " + name() + ");";
      case Kind.Any _ -> "out.writeRawValue(" + name() + ".text());";
      case Kind.Type _ -> name() + ".write(out);";
      case Kind.Choice _ -> "out.writeString(" + name() + ".wireName());";
    };
  }

  /** Whether there is something to write; empty when there always is. */
  String present() {
    if (field.required()) {
      return "";
    }
    return field.isList() ? "!" + name() + ".isEmpty()" : name() + " != null";
  }

  /** The expression of the value that an absent field stands for. */
  String fallback() {
    String json = field.fallback().orElseThrow();
    return switch (field.kind()) {
      case Kind.Choice _ -> boxed() + '.' + Names.constant(json.substring(1, json.length() - 1));
      case Kind.Text _, Kind.Whole _, Kind.Bool _ -> json;
      case Kind other -> throw new IllegalStateException("no default of " + other + " so far");
    };
  }

  /** The type of {@link #fallback}. */
  String fallbackType() {
    return single();
  }
}
