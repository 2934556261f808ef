package org.cistern.routes;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A user's class that cannot be loaded: its initialiser throws. */
public final class BrokenStep implements Processor {

  private static final String MISSING =
      Objects.requireNonNull(System.getProperty("cistern.never-set"), "no such licence");

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(MISSING);
  }
}
