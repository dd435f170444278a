package org.ampay.app;

import org.ampay.app.command.AmpayCommand;
import org.ampay.gateway.tls.TlsPolicy;

/** The door: {@code ampay COMMAND [options]}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    TlsPolicy.prepare();
    System.exit(AmpayCommand.run(args, System.getenv()));
  }
}
