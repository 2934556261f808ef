package org.cistern;

/**
 * Switches of Vert.x and Netty that are read when their classes load: what is counted and checked
 * there per message is counted elsewhere, or checks our own handling of buffers. A switch that the
 * command line sets stays as it is.
 */
final class Tuning {

  /**
   * How many pooled objects of a kind a thread keeps at hand without going through a shared queue:
   * an event loop has a buffer for each connection that waits for the end of its round, up to 64.
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
