package org.ampay.web.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Names another thing by its id or code; JSON may give it as a number or a text.
 *
 * @param text 1 to 100 characters
 */
@JsonDeserialize(using = Ref.Reader.class)
public record Ref(String text) {

  /** The id, empty when the text is no positive number. */
  public OptionalLong id() {
    boolean digits = !text.isEmpty() && text.length() <= 18;
    return digits && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  @Override
  public String toString() {
    return text;
  }

  static final class Reader extends JsonDeserializer<Ref> {
    @Override
    public Ref deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonToken token = parser.currentToken();
      boolean fits = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
      String text = fits ? parser.getText() : "";
      if (text.isBlank() || text.length() > 100) {
        throw MismatchedInputException.from(parser, Ref.class, "no id");
      }
      return new Ref(text);
    }
  }
}
