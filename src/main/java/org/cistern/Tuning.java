package org.cistern;

/**
 * Switches of Vert.x and Netty that are read when their classes load: what is counted and checked
 * there per message is counted elsewhere, or checks our own handling of buffers. A switch that the
 * command line sets stays as it is.
 */
final class Tuning {

  private Tuning() {}

  static void apply() {
    set("vertx.disableMetrics", "true");
    set("vertx.disableTCCL", "true");
    set("vertx.disableContextTimings", "true");
    set("vertx.disableWebsockets", "true");
    set("io.netty.leakDetection.level", "disabled");
    set("io.netty.buffer.checkBounds", "false");
    set("io.netty.buffer.checkAccessible", "false");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
