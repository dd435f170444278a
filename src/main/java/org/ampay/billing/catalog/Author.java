package org.ampay.billing.catalog;

/**
 * Who does something.
 *
 * @param actor as the audit log names it: {@code user:{email}}, {@code key:{prefix}}
 * @param person whose act that is: a key acts for its owner, a key without one for itself
 */
public record Author(String actor, String person) {

  private static final int LONGEST = 220;

  public Author {
    actor = cut(actor);
    person = cut(person);
  }

  /** Somebody who acts for nobody else. */
  public static Author of(String actor) {
    return new Author(actor, actor);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
