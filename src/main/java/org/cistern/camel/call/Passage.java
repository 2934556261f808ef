package org.cistern.camel.call;

/** proto. */
public final class Passage {}
