package org.cistern.camel.call;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * The Camel message of a call: headers and body are made only when a step asks for them. A header
 * that is read or set goes straight to the call; only a step that wants the whole map gets one.
 */
public final class CallMessage extends DefaultMessage {

  private final Call call;
  private @Nullable HeaderMap map;
  private boolean bodySet;
  private boolean setOnReply;
  private boolean setOnFailure;
  private boolean news;

  /** Makes the message of a call. */
  public CallMessage(Exchange exchange, Call call) {
    super(exchange);
    this.call = call;
  }

  /** Returns the call. */
  public Call call() {
    return call;
  }

  /**
   * Returns the message of an exchange's call, with what its copies have changed; null where the
   * exchange has a message of another kind.
   */
  public static @Nullable CallMessage of(Exchange exchange, Call call) {
    Message message = exchange.getMessage();
    if (message instanceof CopiedMessage copy) {
      CallMessage settled = copy.settled(exchange, call);
      exchange.setMessage(settled);
      return settled;
    }
    return message instanceof CallMessage own ? own : null;
  }

  /** Tells whether a step has set the body of what the message is now: the request or the reply. */
  public boolean bodySet() {
    return bodySet && (setOnReply || !call.answered());
  }

  /** Tells whether the body was set since a step of ours has last seen it. */
  boolean isNews() {
    return news;
  }

  /** Tells whether a step has set the body because an upstream has failed. */
  public boolean isSetOnFailure() {
    return setOnFailure;
  }

  /** The body that is set is known. */
  void old() {
    news = false;
  }

  /** A stream that was read is not there any more: its bytes are. */
  void become(Buffer read) {
    Object body = super.getBody();
    if (!(body instanceof String || body instanceof byte[])) {
      super.setBody(read.getBytes());
    }
  }

  /** Takes from a copy the headers that the call cannot hold: Camel's own, and what is no text. */
  void inherit(Map<String, Object> headers) {
    headers.forEach(
        (name, value) -> {
          boolean here = CamelNames.is(name) || !HeaderText.isText(value);
          if (here && !value.equals(getHeader(name))) {
            map().put(name, value);
          }
        });
  }

  /**
   * A step that puts another message in the place of this one, as setBody does, means its body and
   * its headers: they are taken over, and what follows works on the call as before.
   */
  @Override
  public void setExchange(@Nullable Exchange exchange) {
    Exchange mine = getExchange();
    Message other = exchange == null && mine != null ? mine.getMessage() : null;
    if (other == null || other == this || other instanceof CallMessage) {
      super.setExchange(exchange);
      return;
    }
    takeOver(other);
    mine.setMessage(this);
  }

  private void takeOver(Message other) {
    if (other instanceof CopiedMessage) {
      copyFrom(other);
    } else {
      map().replaceBy(other.getHeaders());
      setBody(other.getBody());
    }
  }

  /** Returns the status code that a step has set, or {@code otherwise}. */
  public int status(int otherwise) {
    Object status = map == null ? null : map.status();
    return status == null ? otherwise : HeaderText.status(status);
  }

  private HeaderMap map() {
    map = map == null ? new HeaderMap(call) : map.current();
    return map;
  }

  @Override
  public @Nullable Object getHeader(String name) {
    if (map == null && !CamelNames.is(name)) {
      List<String> values = call.header(name);
      return values.size() > 1 ? values : values.isEmpty() ? null : values.get(0);
    }
    return map().get(name);
  }

  @Override
  public @Nullable Object getHeader(String name, @Nullable Object otherwise) {
    Object value = getHeader(name);
    return value == null ? otherwise : value;
  }

  @Override
  public @Nullable Object getHeader(String name, Supplier<Object> otherwise) {
    Object value = getHeader(name);
    return value == null ? otherwise.get() : value;
  }

  @Override
  public <T> @Nullable T getHeader(String name, Class<T> type) {
    return converted(getHeader(name), type);
  }

  @Override
  public <T> @Nullable T getHeader(String name, @Nullable Object otherwise, Class<T> type) {
    return converted(getHeader(name, otherwise), type);
  }

  @Override
  public <T> @Nullable T getHeader(String name, Supplier<Object> otherwise, Class<T> type) {
    return converted(getHeader(name, otherwise), type);
  }

  private <T> @Nullable T converted(@Nullable Object value, Class<T> type) {
    return getExchange().getContext().getTypeConverter().convertTo(type, getExchange(), value);
  }

  @Override
  public void setHeader(String name, @Nullable Object value) {
    if (map == null && !CamelNames.is(name) && HeaderText.isText(value)) {
      call.header(name, HeaderText.values(name, value));
      return;
    }
    map().put(name, value);
  }

  @Override
  public @Nullable Object removeHeader(String name) {
    return map().remove(name);
  }

  @Override
  public Map<String, Object> getHeaders() {
    return map();
  }

  @Override
  public void setHeaders(Map<String, Object> headers) {
    map().replaceBy(headers);
  }

  @Override
  public boolean hasHeaders() {
    return true;
  }

  @Override
  public boolean removeHeaders(String pattern, String @Nullable ... except) {
    return map().removeMatching(pattern, except == null ? List.of() : List.of(except));
  }

  @Override
  public @Nullable Object getBody() {
    return bodySet() ? super.getBody() : call.bytes();
  }

  @Override
  public void setBody(@Nullable Object body) {
    bodySet = true;
    setOnReply = call.answered();
    setOnFailure = call.hasFailed();
    news = true;
    super.setBody(body);
  }

  @Override
  public DefaultMessage newInstance() {
    return new CopiedMessage(getExchange());
  }

  /**
   * What comes back from a copy, as after a Kamelet, is only what was changed in it; from another
   * message of this call what the call does not have itself.
   */
  @Override
  public void copyFrom(Message that) {
    if (that instanceof CallMessage same && same.call == call) {
      copyFromSame(same);
    } else if (that instanceof CopiedMessage copy) {
      copy.changes().forEach((name, value) -> map().put(name, value));
      copy.removals().forEach(name -> map().take(name));
      if (copy.bodyChanged()) {
        setBody(copy.getBody());
      }
    } else {
      takeOver(that);
    }
  }

  private void copyFromSame(CallMessage same) {
    if (same.map != null) {
      map().replaceBy(same.map());
    }
    if (same.bodySet()) {
      setBody(same.getBody());
      news = same.news;
      setOnFailure = same.setOnFailure;
    }
  }
}
