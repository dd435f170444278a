package org.ampay.app;

import org.ampay.app.command.AmpayCommand;

/** The door: {@code ampay COMMAND [options]}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(AmpayCommand.run(args, System.getenv()));
  }
}
