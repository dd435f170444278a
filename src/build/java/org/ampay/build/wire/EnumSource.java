package org.ampay.build.wire;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.build.wire.Dictionary.Enumeration;

/** The source of one enum. */
final class EnumSource {

  private static final String TEMPLATE =
      """
      import java.util.Arrays;
      import java.util.Map;
      import java.util.function.Function;
      import java.util.stream.Collectors;
      import org.ampay.ocpp.wire.WireEnum;

      /** NAME of OCPP VERSION. Constants are spelled as on the wire, as far as Java allows. */
      public enum NAME implements WireEnum {
        CONSTANTS;

        static final Map<String, NAME> BY_WIRE_NAME =
            Arrays.stream(values())
                .collect(Collectors.toUnmodifiableMap(NAME::wireName, Function.identity()));

        private final String wireName;

        NAME(String wireName) {
          this.wireName = wireName;
        }

        @Override
        public String wireName() {
          return wireName;
        }
      }
      """;

  private EnumSource() {}

  static String of(Version version, Enumeration enumeration) {
    Set<String> constants = new HashSet<>();
    for (String value : enumeration.values()) {
      if (!constants.add(Names.constant(value))) {
        throw new IllegalStateException(enumeration.javaName() + ": two values named " + value);
      }
    }
    String list =
        enumeration.values().stream()
            .map(value -> Names.constant(value) + "(\"" + value + "\")")
            .collect(Collectors.joining(",\n  "));
    return Version.BANNER
        + "package "
        + version.packageName()
        + ";\n\n"
        + TEMPLATE
            .replace("NAME::", "@::")
            .replace("BY_WIRE_NAME", "@@")
            .replace("NAME", enumeration.javaName())
            .replace("@@", "BY_WIRE_NAME")
            .replace("@::", enumeration.javaName() + "::")
            .replace("VERSION", version.text())
            .replace("CONSTANTS", list);
  }
}
