package org.cistern.camel.component;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.cistern.answer.Answer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.CodedTag;
import org.cistern.camel.call.Lines;
import org.cistern.camel.call.Prepared;
import org.cistern.camel.call.Reply;
import org.cistern.camel.coding.Packing;
import org.cistern.camel.service.Services;
import org.cistern.freshness.Asked;
import org.cistern.http.Digests;
import org.cistern.http.Headers;
import org.cistern.http.coding.AcceptEncoding;
import org.cistern.http.coding.Coding;
import org.cistern.rule.Key;
import org.cistern.tier.ZstdLibrary;
import org.cistern.tier.memory.Kept;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives clients the coded form that they accept. A form is made once, on a worker, for the client
 * that is first to want it, and kept beside the answer; whoever comes meanwhile gets identity.
 */
final class Coder {

  private static final Logger LOG = LoggerFactory.getLogger(Coder.class);

  private static final List<Coding> OFFERED = CodedTag.CODINGS;
  private static final List<Coding> WITHOUT_ZSTD =
      OFFERED.stream().filter(coding -> coding != Coding.ZSTD).toList();

  private final Services services;
  private final Set<Prepared> atWork = ConcurrentHashMap.newKeySet();

  Coder(Services services) {
    this.services = services;
  }

  /**
   * Replaces the reply by a coded one where client, rule and answer have it so.
   *
   * @param ready runs when the reply has its last form, on the call's event loop
   * @param later ends the step, where this returned false, with the rest of the work
   */
  boolean code(ClientCall call, Prepared stored, Runnable ready, Consumer<Runnable> later) {
    String accepted = call.fields().first("accept-encoding");
    if (accepted == null || !stored.codable() || wantsNoTransform(call)) {
      ready.run();
      return true;
    }
    Coding coding = AcceptEncoding.choose(accepted, ZstdLibrary.isLost() ? WITHOUT_ZSTD : OFFERED);
    if (coding == null
        || coding == Coding.IDENTITY
        || !services.codings().codes(call.passage().rule())) {
      ready.run();
      return true;
    }
    Prepared.Coded form = stored.coded().get(coding);
    if (form == null && atWork.add(stored)) {
      if (make(call, stored, coding, ready, later)) {
        return false;
      }
      atWork.remove(stored);
    }
    use(call, form);
    ready.run();
    return true;
  }

  /** Section 5.2.1.6 of RFC 9111: the client asks to have it as the origin sent it. */
  private static boolean wantsNoTransform(ClientCall call) {
    Asked asked = call.passage().asked();
    return asked != null && asked.directives().noTransform();
  }

  /** Has the form made, or returns false where too many are being made already. */
  private boolean make(
      ClientCall call, Prepared stored, Coding coding, Runnable ready, Consumer<Runnable> later) {
    Consumer<Prepared.@Nullable Coded> came =
        form ->
            later.accept(
                () -> {
                  take(call, stored, coding, form);
                  ready.run();
                });
    return services.coding().run(() -> work(call, stored, coding, came));
  }

  private void work(
      ClientCall call, Prepared stored, Coding coding, Consumer<Prepared.@Nullable Coded> came) {
    Prepared.Coded form = null;
    try {
      form = made(stored, coding);
    } catch (RuntimeException e) {
      LOG.warn("no coded form of {} can be made", call, e);
    } finally {
      Prepared.Coded made = form;
      call.onLoop(() -> came.accept(made));
    }
  }

  private void take(
      ClientCall call, Prepared stored, Coding coding, Prepared.@Nullable Coded form) {
    atWork.remove(stored);
    if (form != null) {
      keep(call, stored, coding, form);
      use(call, form);
    }
  }

  /** Puts the form beside the answer in memory, if the answer is still there. */
  private void keep(ClientCall call, Prepared stored, Coding coding, Prepared.Coded form) {
    Key key = call.passage().key();
    Kept kept = key == null ? null : services.memory().peek(key, call.fields());
    if (key != null && kept != null && kept.attachment() == stored) {
      services.memory().attach(key, kept, stored, stored.with(coding, form));
    }
  }

  private static void use(ClientCall call, Prepared.@Nullable Coded form) {
    Reply before = call.reply();
    if (form != null && before != null && form.body().length() > 0) {
      call.reply(Reply.whole(before.status(), form.lines(), form.body()).keeping(before));
    }
  }

  private static Prepared.Coded made(Prepared stored, Coding coding) {
    Answer answer = stored.facts().answer();
    byte[] coded = Packing.pack(coding, answer.body().bytes());
    if (coded.length >= answer.body().size()) {
      return new Prepared.Coded(Lines.none(), Buffer.buffer(0));
    }
    return new Prepared.Coded(
        Lines.of(head(stored.lines().headers(), coding)),
        BufferImpl.buffer(Unpooled.wrappedBuffer(coded)));
  }

  private static Headers head(Headers identity, Coding coding) {
    Headers.Builder head =
        Digests.withoutAny(identity.toBuilder()).set("Content-Encoding", coding.token());
    String tag = identity.first("ETag");
    if (tag != null) {
      head.set("ETag", CodedTag.of(tag, coding));
    }
    return head.build();
  }
}
