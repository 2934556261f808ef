package org.cistern.routes;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is logged while it is open. */
public final class Log extends Handler implements AutoCloseable {

  private final Logger root;
  private final StringBuffer text = new StringBuffer();

  /** Hears what we say ourselves. */
  public Log() {
    this("org.cistern");
  }

  /** Hears whatever is said under a name; an empty one stands for all. */
  public Log(String name) {
    this.root = Logger.getLogger(name);
    root.addHandler(this);
  }

  /** Returns what was said, a line each. */
  public String text() {
    return text.toString();
  }

  @Override
  public void publish(@Nullable LogRecord entry) {
    text.append(entry == null ? "" : entry.getMessage()).append('\n');
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
