package org.cistern.camel.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** A copy of a call's message, which remembers how it was when it was made. */
final class CopiedMessage extends DefaultMessage {

  private Map<String, Object> before = Map.of();
  private @Nullable CallMessage original;
  private boolean own;
  private boolean changed;
  private boolean ofReply;

  CopiedMessage(Exchange exchange) {
    super(exchange);
  }

  @Override
  public DefaultMessage newInstance() {
    return new CopiedMessage(getExchange());
  }

  @Override
  public void copyFrom(Message that) {
    super.copyFrom(that);
    if (that instanceof CopiedMessage copy) {
      goOnFrom(copy);
    } else {
      before = new HashMap<>(getHeaders());
      original = that instanceof CallMessage message ? message : null;
      own = original == null ? that.getBody() != null : original.bodySet();
      changed = false;
      ofReply = isAnswered(that.getExchange());
    }
  }

  private void goOnFrom(CopiedMessage copy) {
    before = copy.before;
    original = copy.original;
    own = copy.own;
    changed = copy.changed;
    ofReply = copy.ofReply;
  }

  /**
   * Another message in the place of this one means its body and its headers, as with the call's.
   */
  @Override
  public void setExchange(@Nullable Exchange exchange) {
    Exchange mine = getExchange();
    Message other = exchange == null && mine != null ? mine.getMessage() : null;
    if (other == null || other instanceof CallMessage || other instanceof CopiedMessage) {
      super.setExchange(exchange);
      return;
    }
    Map<String, Object> headers = new HashMap<>(other.getHeaders());
    getHeaders().clear();
    getHeaders().putAll(headers);
    setBody(other.getBody());
    mine.setMessage(this);
  }

  /**
   * Returns the call's message with what was changed here: the one that was copied, if it can be.
   */
  CallMessage settled(Exchange exchange, Call call) {
    boolean here = original != null && original.getExchange() == exchange;
    CallMessage settled = original != null && here ? original : afresh(exchange, call);
    settled.copyFrom(this);
    return settled;
  }

  private CallMessage afresh(Exchange exchange, Call call) {
    CallMessage fresh = new CallMessage(exchange, call);
    fresh.inherit(getHeaders());
    if (own) {
      fresh.setBody(getBody());
    }
    return fresh;
  }

  private static boolean isAnswered(@Nullable Exchange exchange) {
    Call call = exchange == null ? null : Call.find(exchange);
    return call != null && call.answered();
  }

  /** Tells whether it shows the request of a call that has been answered since. */
  private boolean isPast() {
    return !ofReply && isAnswered(getExchange());
  }

  /** Tells whether there is no body to wait for: it is set, or was the request's. */
  static boolean hasBody(Exchange exchange) {
    return exchange.getMessage() instanceof CopiedMessage copy && (copy.own || copy.isPast());
  }

  /** A body that nobody has set is the call's, whatever it is by now. */
  @Override
  public @Nullable Object getBody() {
    boolean ofCall = !own && getExchange().getProperty(Call.PROPERTY) instanceof Call;
    return ofCall ? bytes(Call.of(getExchange())) : super.getBody();
  }

  private byte @Nullable [] bytes(Call call) {
    return ofReply ? call.bytes() : call.requestBytes();
  }

  @Override
  public void setBody(@Nullable Object body) {
    own = true;
    changed = true;
    super.setBody(body);
  }

  /** Returns the headers that were set since, were it to what they had. */
  @SuppressWarnings("ReferenceEquality") // a route may say what the client said
  Map<String, Object> changes() {
    Map<String, Object> changes = new HashMap<>();
    getHeaders()
        .forEach(
            (name, value) -> {
              if (before.get(name) != value) {
                changes.put(name, value);
              }
            });
    return changes;
  }

  /** Returns the names of the headers that were taken off since. */
  List<String> removals() {
    List<String> removals = new ArrayList<>(before.keySet());
    removals.removeAll(getHeaders().keySet());
    return removals;
  }

  /** Tells whether another body was set since. */
  boolean bodyChanged() {
    return changed;
  }
}
