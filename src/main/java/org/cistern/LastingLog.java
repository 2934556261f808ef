package org.cistern;

import java.util.logging.LogManager;

/**
 * A log that is written to the very end. The JDK's own takes its handlers off as soon as the JVM is
 * told to end, and what a gateway says while it goes down is lost.
 */
public final class LastingLog extends LogManager {

  private volatile boolean lasting;

  /** Made by the JDK, by its name. */
  public LastingLog() {}

  /** From now on handlers stay where they are. */
  void last() {
    lasting = true;
  }

  @Override
  public void reset() {
    if (!lasting) {
      super.reset();
    }
  }
}
