package org.cistern.camel.identity;

import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server with the public keys of the tokens' issuer (RFC 7517 section 5). It is asked at the
 * start, every ten minutes, and for a key that nobody knows, that at most every half minute. Where
 * it does not answer, the keys that are known stay in force.
 */
public final class KeyServer {

  private static final Logger LOG = LoggerFactory.getLogger(KeyServer.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 1 << 20;

  private final Vertx vertx;
  private final URI url;
  private final VerifiedTokens tokens;
  private final InstantSource clock;
  private final HttpClient client;
  private final AtomicLong askedAt = new AtomicLong(Long.MIN_VALUE);

  /** Makes it; it is asked nothing before the start. */
  public KeyServer(Vertx vertx, URI url, VerifiedTokens tokens, InstantSource clock) {
    this.vertx = vertx;
    this.url = url;
    this.tokens = tokens;
    this.clock = clock;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) PATIENCE.toMillis())
                .setMaxPoolSize(1)
                .setMaxWaitQueueSize(2));
  }

  /** Asks for the keys, and goes on asking. */
  public void start() {
    tokens.onUnknownKey(this::askSometimes);
    vertx.setPeriodic(EVERY.toMillis(), timer -> ask());
    askSometimes();
  }

  /** Tokens of invented keys must not make us ask for each of them. */
  private void askSometimes() {
    long now = clock.millis();
    long before = askedAt.get();
    boolean due = before == Long.MIN_VALUE || now - before >= AT_MOST_EVERY.toMillis();
    if (due && askedAt.compareAndSet(before, now)) {
      ask();
    }
  }

  private void ask() {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url.toString())
            .setTimeout(PATIENCE.toMillis());
    client
        .request(request)
        .compose(asked -> asked.send().compose(this::read))
        .onSuccess(this::use)
        .onFailure(cause -> refused(String.valueOf(cause.getMessage())));
  }

  private Future<Buffer> read(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture("it answers " + response.statusCode());
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(body));
    response.handler(
        part -> {
          if (body.length() + part.length() > MOST_BYTES) {
            whole.tryFail("it answers more than " + MOST_BYTES + " bytes");
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        });
    return whole.future();
  }

  /** Reading keys takes its time, so it is not done on the event loop. */
  private void use(Buffer body) {
    vertx
        .executeBlocking(() -> tokens.use(JWKSet.parse(body.toString())), false)
        .onSuccess(keys -> LOG.debug("{} keys of {} are in force", keys, url))
        .onFailure(
            cause ->
                refused(cause instanceof ParseException ? "its answer is no key set" : "" + cause));
  }

  private void refused(String why) {
    LOG.warn("no keys from {}: {}; those known stay in force", url, why);
  }
}
