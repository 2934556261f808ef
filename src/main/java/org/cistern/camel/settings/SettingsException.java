package org.cistern.camel.settings;

import java.util.List;

/** Settings that the gateway cannot start with. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes one of a sentence per problem. */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
