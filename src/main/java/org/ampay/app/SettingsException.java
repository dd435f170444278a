package org.ampay.app;

/** A setting that nobody can work with; the message is one line for a person. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean flag;

  public SettingsException(String message) {
    this(message, false);
  }

  /**
   * A setting that nobody can work with.
   *
   * @param flag whether it was given on the command line: then it is wrong usage
   */
  SettingsException(String message, boolean flag) {
    super(message);
    this.flag = flag;
  }

  public boolean isFlag() {
    return flag;
  }
}
