package org.ampay.ocpp.wire;

import static org.ampay.ocpp.wire.ErrorCode.FORMAT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.OCCURRENCE_CONSTRAINT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.PROPERTY_CONSTRAINT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.TYPE_CONSTRAINT_VIOLATION;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Reads one payload in one pass and checks everything its dictionary says, on behalf of the
 * generated records. The first violation ends it with a {@link WireException}.
 *
 * <p>Strictness follows JSON Schema: {@code 1.0} is an integer, a number in quotes is not a number,
 * {@code null} is never a value (also not of an optional field), lengths count code points. Beyond
 * it: a field given twice is refused, for nobody can say which one is meant; integers have 32 bits
 * (OCPP 2.0.1 part 2), except the registers that the generator marks as wide; decimals have at most
 * {@value Wire#MAX_NUMBER_LENGTH} digits before and after the point. What 1.6 does not know it
 * passes over.
 *
 * <p>Each method reads the value that the parser stands at. {@link #nextField} moves to the next
 * value, {@link #list} to each item.
 */
public final class WireReader {

  /** Reads one value. */
  @FunctionalInterface
  public interface Item<T> {
    T read(WireReader in) throws IOException, WireException;
  }

  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private final JsonParser in;
  private final Payload payload;
  private final boolean lenient;
  private final boolean passesOver;

  private WireReader(JsonParser in, Payload payload, Protocol protocol, boolean own) {
    this.in = in;
    this.payload = payload;
    this.lenient =
        switch (protocol) {
          case OCPP_16 -> true;
          case OCPP_201 -> false;
        };
    this.passesOver = lenient && !own;
  }

  /** Reads a whole payload: one object and nothing after it. */
  public static <T> T read(Payload payload, Protocol protocol, Item<T> item) throws WireException {
    return read(payload, protocol, item, false);
  }

  /** Reads what we send ourselves: no version lets a field pass that it does not know. */
  static <T> T readOwn(Payload payload, Protocol protocol, Item<T> item) throws WireException {
    return read(payload, protocol, item, true);
  }

  private static <T> T read(Payload payload, Protocol protocol, Item<T> item, boolean own)
      throws WireException {
    if (!Wire.startsLikeUtf8(payload.bytes(), payload.offset(), payload.length())) {
      throw new WireException(FORMAT_VIOLATION, "", "not JSON in UTF-8");
    }
    try (JsonParser in =
        Wire.FACTORY.createParser(payload.bytes(), payload.offset(), payload.length())) {
      return new WireReader(in, payload, protocol, own).whole(item);
    } catch (IOException e) {
      throw new WireException(FORMAT_VIOLATION, "", "not JSON");
    }
  }

  private <T> T whole(Item<T> item) throws WireException {
    try {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new WireException(FORMAT_VIOLATION, "", "the payload is not an object");
      }
      T value = item.read(this);
      if (in.nextToken() != null) {
        throw new WireException(FORMAT_VIOLATION, "", "text after the payload");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw fail(FORMAT_VIOLATION, "nested too deep or too long");
    } catch (IOException e) {
      throw fail(FORMAT_VIOLATION, "not JSON");
    }
  }

  /** Checks that an object begins here. */
  public void beginObject() throws WireException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw wrongType("an object");
    }
  }

  /** Moves to the next field's value and gives the field's name; null at the end of the object. */
  public @Nullable String nextField() throws IOException {
    String name = in.nextFieldName();
    if (name != null) {
      in.nextToken();
    }
    return name;
  }

  /** Adds a field's bit to the fields seen so far; a field given twice is refused. */
  public long once(long seen, long bit) throws WireException {
    if ((seen & bit) != 0) {
      throw fail(FORMAT_VIOLATION, "given twice");
    }
    return seen | bit;
  }

  /** Checks at the end of an object that no required field is missing. */
  public void endObject(long seen, long required, String... fields) throws WireException {
    long missing = required & ~seen;
    if (missing != 0) {
      String name = fields[Long.numberOfTrailingZeros(missing)];
      String parent = FieldPath.of(in.getParsingContext());
      throw new WireException(
          OCCURRENCE_CONSTRAINT_VIOLATION,
          parent.isEmpty() ? name : parent + '.' + name,
          "required field is missing");
    }
  }

  /** A field that the dictionary does not have: 1.6 passes it over, 2.0.1 refuses it. */
  public void unknownField() throws IOException, WireException {
    if (!passesOver) {
      throw fail(FORMAT_VIOLATION, "unknown field");
    }
    in.skipChildren();
  }

  /** A field of an open type that the dictionary does not have. */
  public void moreField(Map<String, RawJson> more, String name) throws IOException, WireException {
    if (more.put(name, any()) != null) {
      throw fail(FORMAT_VIOLATION, "given twice");
    }
  }

  /** A string of at most {@code max} code points. */
  public String string(int max) throws IOException, WireException {
    return string(0, max);
  }

  /** A string of {@code min} to {@code max} code points. */
  public String string(int min, int max) throws IOException, WireException {
    String text = text("a string");
    int length = text.length();
    if (length > max || length < 2 * min) {
      length = text.codePointCount(0, length);
      if (length > max) {
        throw invalid("longer than " + max + " characters");
      }
      if (length < min) {
        throw invalid("shorter than " + min + " characters");
      }
    }
    return text;
  }

  /** An integer of 32 bits. */
  public int integer() throws IOException, WireException {
    return integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** An integer within bounds. */
  public int integer(int min, int max) throws IOException, WireException {
    return (int) wide(min, max);
  }

  /** An integer of 64 bits. */
  public long wide() throws IOException, WireException {
    return wide(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private long wide(long min, long max) throws IOException, WireException {
    long value =
        switch (in.currentToken()) {
          case VALUE_NUMBER_INT -> in.getTextLength() < 19 ? in.getLongValue() : wholeNumber();
          case VALUE_NUMBER_FLOAT -> wholeNumber();
          case null, default -> throw wrongType("an integer");
        };
    if (value < min || value > max) {
      throw invalid("not within " + min + " and " + max);
    }
    return value;
  }

  /** An integer in an unusual spelling: {@code 1.0}, {@code 1e3}, or too many digits. */
  private long wholeNumber() throws IOException, WireException {
    BigDecimal value = decimal();
    if (value.stripTrailingZeros().scale() > 0) {
      throw wrongType("an integer");
    }
    if (value.compareTo(MIN_LONG) < 0 || value.compareTo(MAX_LONG) > 0) {
      throw invalid("too large");
    }
    return value.longValueExact();
  }

  /** A decimal number, exact. */
  public BigDecimal number() throws IOException, WireException {
    JsonToken token = in.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrongType("a number");
    }
    return decimal();
  }

  /** A decimal number within bounds, each of which may be absent. */
  public BigDecimal number(@Nullable BigDecimal min, @Nullable BigDecimal max)
      throws IOException, WireException {
    BigDecimal value = number();
    if (min != null && value.compareTo(min) < 0) {
      throw invalid("less than " + min);
    }
    if (max != null && value.compareTo(max) > 0) {
      throw invalid("greater than " + max);
    }
    return value;
  }

  /** A decimal number that is a multiple of {@code step}. */
  public BigDecimal multiple(BigDecimal step) throws IOException, WireException {
    BigDecimal value = number();
    if (value.remainder(step).signum() != 0) {
      throw invalid("not a multiple of " + step);
    }
    return value;
  }

  /** Bounds the exponent: {@code 1e999999999} would stop whoever adds to it. */
  private BigDecimal decimal() throws IOException, WireException {
    BigDecimal value;
    try {
      value = in.getDecimalValue();
    } catch (JsonProcessingException | NumberFormatException e) {
      // The parser took it for a number, so only its size can be wrong (1e99999999999).
      throw invalid("too large or too small");
    }
    int limit = Wire.MAX_NUMBER_LENGTH;
    if (value.scale() > limit || (long) value.precision() - value.scale() > limit) {
      throw invalid("too large or too small");
    }
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  /** A boolean. */
  public boolean bool() throws WireException {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> throw wrongType("a boolean");
    };
  }

  /** A date-time; see {@link DateTimes}. */
  public Instant dateTime() throws IOException, WireException {
    Optional<Instant> instant = DateTimes.parse(text("a date-time"), lenient);
    if (instant.isEmpty()) {
      throw invalid("not a date-time");
    }
    return instant.get();
  }

  /** An absolute URI. */
  public String uri() throws IOException, WireException {
    String text = text("a URI");
    try {
      if (new URI(text).isAbsolute()) {
        return text;
      }
    } catch (URISyntaxException e) {
      // Told below, without quoting the text: a location may hold a password.
    }
    throw invalid("not an absolute URI");
  }

  /** A value of an enum, by its name on the wire. */
  public <E extends Enum<E>> E choice(Map<String, E> values) throws IOException, WireException {
    E value = values.get(text("a string"));
    if (value == null) {
      E any = values.values().iterator().next();
      throw invalid("not a value of " + any.getDeclaringClass().getSimpleName());
    }
    return value;
  }

  /** An array of {@code min} to {@code max} items, unmodifiable. */
  public <T> List<T> list(int min, int max, Item<T> item) throws IOException, WireException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw wrongType("an array");
    }
    List<T> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (items.size() == max) {
        throw tooManyItems(max);
      }
      items.add(item.read(this));
    }
    if (items.size() < min) {
      throw fail(OCCURRENCE_CONSTRAINT_VIOLATION, "fewer than " + min + " items");
    }
    return List.copyOf(items);
  }

  /** Names the array, not the item that the parser stands at (or in, if it is a structure). */
  private WireException tooManyItems(int max) {
    JsonStreamContext array = in.getParsingContext();
    if (in.currentToken().isStructStart()) {
      array = array.getParent();
    }
    return new WireException(
        OCCURRENCE_CONSTRAINT_VIOLATION,
        FieldPath.of(array.getParent()),
        "more than " + max + " items");
  }

  /** Any value, as it is written. */
  public RawJson any() throws IOException {
    long start = in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    in.finishToken();
    long end = in.currentLocation().getByteOffset();
    return new RawJson(payload.text(start, end));
  }

  private String text(String expected) throws IOException, WireException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw wrongType(expected);
    }
    return in.getText();
  }

  private WireException wrongType(String expected) {
    return fail(TYPE_CONSTRAINT_VIOLATION, "not " + expected);
  }

  private WireException invalid(String description) {
    return fail(PROPERTY_CONSTRAINT_VIOLATION, description);
  }

  private WireException fail(ErrorCode code, String description) {
    return new WireException(code, FieldPath.of(in.getParsingContext()), description);
  }
}
