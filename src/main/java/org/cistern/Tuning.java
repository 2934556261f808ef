package org.cistern;

/**
 * Switches of Vert.x and Netty that are read when their classes load: what is counted and checked
 * there per message is counted elsewhere, or checks our own handling of buffers. A switch that the
 * command line sets stays as it is.
 */
final class Tuning {

  /**
   * How many buffers of a kind an event loop keeps at hand without going through a shared queue: as
   * many as its responses of one round, twice.
   */
  private static final String REUSED = "128";

  private Tuning() {}

  static void apply() {
    set("vertx.disableMetrics", "true");
    set("vertx.disableTCCL", "true");
    set("vertx.disableContextTimings", "true");
    set("vertx.disableWebsockets", "true");
    set("io.netty.leakDetection.level", "disabled");
    set("io.netty.buffer.checkBounds", "false");
    set("io.netty.buffer.checkAccessible", "false");
    set("io.netty.recycler.chunkSize", REUSED);
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
