package org.ampay.web.people;

/**
 * A signed-in person.
 *
 * @param csrfToken every form and htmx call of the session must carry it
 */
public record UserSession(ConsoleUser user, String csrfToken) {}
