package org.cistern.camel.engine;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;

/** Keeps Camel from logging what the router hears of as well, and logs where it is to be. */
final class LoggedOnce implements ExceptionHandler {

  @Override
  public void handleException(Throwable failure) {}

  @Override
  public void handleException(@Nullable String message, Throwable failure) {}

  @Override
  public void handleException(
      @Nullable String message, @Nullable Exchange exchange, Throwable failure) {}
}
