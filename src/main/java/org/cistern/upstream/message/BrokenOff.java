package org.cistern.upstream.message;

/** Why a body broke off on its way. */
public interface BrokenOff {

  /** Returns the name used in metrics and logs. */
  String label();
}
