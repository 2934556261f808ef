package org.cistern.camel.call;

import io.netty.channel.EventLoop;

/** A request under way, which knows its place on the roll of its event loop. */
public interface Enrolled {

  /** Returns the event loop whose roll it is on. */
  EventLoop loop();

  /** Returns its place. */
  int place();

  /** Gives it a place. */
  void place(int at);
}
