package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cistern.upstream.Origins.HELLO;

import java.util.concurrent.CompletableFuture;
import org.cistern.fake.FakeUpstream;
import org.cistern.upstream.message.Incoming;
import org.cistern.upstream.message.Pending;
import org.cistern.upstream.message.UpstreamFailure;
import org.cistern.upstream.message.UpstreamFailure.Kind;
import org.cistern.upstream.options.UpstreamOptions;
import org.junit.jupiter.api.Test;

/** Requests whose asker gives up, or fails over the answer. */
class GivenUpTest {

  @Test
  void cancellingBeforeTheHeadIsAnsweredAndClosesTheConnection() {
    try (FakeUpstream origin = FakeUpstream.hung();
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      CompletableFuture<Incoming> answer = new CompletableFuture<>();
      CompletableFuture<Pending> call = asking.call(Asking.get("/"), answer);
      await().until(() -> asking.events.lines.contains("sent") && origin.accepted() == 1);
      asking.context.runOnContext(nothing -> Asking.await(call).cancel());

      await().until(answer::isCompletedExceptionally);
      assertThat(answer.handle((incoming, failure) -> ((UpstreamFailure) failure).kind()))
          .isCompletedWithValue(Kind.CANCELLED);
      await().until(() -> asking.settled() && origin.open() == 0);
    }
  }

  @Test
  void cancellingABodyClosesTheConnectionAndIsSaidToNobody() {
    try (FakeUpstream origin = Origins.answeringOnce(Origins.BEGUN);
        Asking asking = Asking.of(UpstreamOptions.defaults(), origin.port())) {
      CompletableFuture<Asking.Reply> reply = new CompletableFuture<>();
      asking.send(
          Asking.get("/"),
          incoming -> {
            Asking.collect(incoming, reply);
            incoming.cancel();
            incoming.cancel();
          },
          reply);

      await().until(() -> origin.accepted() == 1 && origin.open() == 0 && asking.settled());
      assertThat(reply).isNotDone();
    }
  }

  @Test
  void anAnswerWhoseTakerThrowsTakesNoPlaceForGood() {
    try (FakeUpstream origin = FakeUpstream.answering(HELLO);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      CompletableFuture<Incoming> unused = new CompletableFuture<>();
      asking.send(
          Asking.get("/"),
          taken -> {
            throw new IllegalStateException("a taker that throws");
          },
          unused);

      await().until(() -> origin.accepted() == 1 && asking.settled() && origin.open() == 0);
    }
  }
}
