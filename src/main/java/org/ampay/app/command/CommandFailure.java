package org.ampay.app.command;

/** A command that cannot do its work; the message is one line for a person. Exit code 1. */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
