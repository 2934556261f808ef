package org.cistern;

import org.apache.camel.main.Main;

/** Starts the gateway. */
public final class Cistern {

  private Cistern() {}

  /** Starts the gateway and waits until it is stopped by a signal. */
  public static void main(String[] args) throws Exception {
    new Main(Cistern.class).run(args);
  }
}
