package org.cistern.camel.component;

import org.apache.camel.AsyncCallback;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Reply;
import org.cistern.camel.call.TakenBody;
import org.cistern.camel.service.BodyDigest;
import org.cistern.camel.service.KeyBodies;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.rule.Rule;
import org.jspecify.annotations.Nullable;

/** The making of a key that has the request's body in it. */
final class BodyKey implements KeyBodies.Reader {

  /** The client went away while it sent; nobody sees this status. */
  private static final int GONE = 499;

  private final ClientCall call;
  private final Asked asked;
  private final Rule rule;
  private final Services services;
  private final AsyncCallback callback;

  BodyKey(ClientCall call, Asked asked, Rule rule, Services services, AsyncCallback callback) {
    this.call = call;
    this.asked = asked;
    this.rule = rule;
    this.services = services;
    this.callback = callback;
  }

  /** Reads the body, unless that was done, and notes the key; then calls back. */
  void make() {
    TakenBody before = call.passage().body();
    if (before == null) {
      services.keyBodies().read(call, this);
    } else {
      taken(before);
    }
  }

  @Override
  public void taken(TakenBody body) {
    call.passage().body(body);
    if (body.isWhole()) {
      BodyDigest.of(call, body.read()).onComplete(made -> keyed(made.result()));
    } else {
      call.passage().reason(Reason.BODY_TOO_LARGE);
      callback.done(false);
    }
  }

  /** Without a digest there is no key, for it would be that of every body. */
  private void keyed(byte @Nullable [] digest) {
    if (digest != null) {
      call.passage().key(services.keys().key(rule, call, asked.owner(), digest));
    }
    callback.done(false);
  }

  @Override
  public void broken() {
    call.reply(Reply.bare(GONE, Lines.none()));
    callback.done(false);
  }
}
