package org.cistern.camel.engine.body;

import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.io.IOException;
import java.nio.file.Path;
import org.cistern.camel.call.Bodies;
import org.cistern.camel.call.Pieces;
import org.cistern.loop.ByteBudget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of one request on its way here; its route goes on once all of it is. */
final class BodyReading {

  private static final Logger LOG = LoggerFactory.getLogger(BodyReading.class);

  private final RoutingContext passing;
  private final HttpServerRequest request;
  private final FormType type;
  private final String boundary;
  private final FormEnd last;
  private final FormParts parts;
  private final long limit;
  private final ByteBudget.Share share;
  private final Pieces body = new Pieces();
  private long read;
  private boolean over;

  BodyReading(RoutingContext passing, Path folder, Bodies bodies) {
    this.passing = passing;
    this.request = passing.request();
    this.type = FormType.of(request);
    this.boundary = FormType.boundary(request.getHeader(HttpHeaders.CONTENT_TYPE));
    this.last = new FormEnd(boundary);
    this.share = bodies.budget().share();
    this.parts = new FormParts(passing, folder, bodies.disk(), share::giveBack);
    this.limit = bodies.limit();
  }

  void read() {
    if (type == FormType.PARTS && boundary.isEmpty()) {
      refuse(400, "The content type of the form has no boundary.");
      return;
    }
    try {
      request.setExpectMultipart(type != FormType.NONE);
    } catch (RuntimeException unknown) {
      // The reader of the form's boundary has no one exception for what it does not understand.
      refuse(400, "The content type does not say how the form is written.");
      return;
    }
    passing.addEndHandler(ended -> share.end());
    request.uploadHandler(this::file).exceptionHandler(this::broken);
    // What is wrong with the last of a form is told the response alone.
    passing.response().exceptionHandler(this::broken);
    request.handler(this::take).endHandler(end -> end());
  }

  void tooLong() {
    refuse(413, "The body is longer than the " + limit + " bytes that a route gets to read.");
  }

  private void file(HttpServerFileUpload upload) {
    if (!over) {
      parts.take(upload);
    }
  }

  private void take(Buffer data) {
    read += data.length();
    if (over) {
      return;
    }
    if (read > limit) {
      tooLong();
    } else if (!share.take(data.length())) {
      refuse(503, Bodies.NO_ROOM);
    } else if (type == FormType.PARTS) {
      part(data);
    } else {
      body.add(data);
    }
  }

  private void part(Buffer data) {
    last.pass(data);
    if (!parts.hasRoom(data.length())) {
      refuse(503, "Too many forms with files are being read.");
    }
  }

  /** Whoever has left is not answered, in good order or by a reset of the connection. */
  private void broken(Throwable cause) {
    if (Leaving.is(cause) || cause instanceof IOException) {
      over = true;
    } else if (cause instanceof HttpPostRequestDecoder.TooManyFormFieldsException) {
      refuse(413, "The form has more fields than a route gets to read.");
    } else {
      refuse(400, "The body cannot be read as what its head says it is.");
    }
  }

  private void end() {
    if (over) {
      return;
    }
    if (parts.isOpen()) {
      refuse(400, "The form ends within a file.");
      return;
    }
    if (type == FormType.PARTS && !last.isPassed()) {
      refuse(400, "The form ends without the line that closes it.");
      return;
    }
    over = true;
    parts.written().onSuccess(written -> goOn()).onFailure(this::unwritten);
  }

  /** The client may try again: what is wrong with the disk is nothing of its form. */
  private void unwritten(Throwable cause) {
    LOG.warn(
        "the files of a form for {} cannot be written: {}",
        passing.normalizedPath(),
        cause.toString());
    passing.fail(new HttpException(503, "The files of the form cannot be kept now."));
  }

  private void goOn() {
    ((RoutingContextInternal) passing).setBody(whole());
    passing.next();
  }

  private @Nullable Buffer whole() {
    return body.length() == 0 ? null : Pieces.over(body.takeWhole());
  }

  private void refuse(int status, String sentence) {
    if (!over) {
      over = true;
      passing.fail(new HttpException(status, sentence));
    }
  }
}
