package org.cistern.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When what was written to connections is sent. */
class FlushRoundTest {

  private final EmbeddedChannel one = new EmbeddedChannel();
  private final EmbeddedChannel other = new EmbeddedChannel();

  @BeforeEach
  void join() {
    FlushRound.join(one);
    FlushRound.join(other);
  }

  @AfterEach
  void close() {
    one.finishAndReleaseAll();
    other.finishAndReleaseAll();
  }

  private static void write(EmbeddedChannel channel) {
    channel.pipeline().writeAndFlush(Unpooled.wrappedBuffer(new byte[3]));
  }

  @Test
  void whatIsWrittenWaitsForTheEndOfTheRound() {
    write(one);
    assertThat(one.outboundMessages()).isEmpty();
    one.runPendingTasks();
    assertThat(one.outboundMessages()).hasSize(1);
  }

  @Test
  void theEndOfARoundIsThatOfAllConnectionsOfItsLoop() {
    write(one);
    write(other);
    write(one);
    one.runPendingTasks();
    assertThat(one.outboundMessages()).hasSize(2);
    assertThat(other.outboundMessages()).hasSize(1);
  }

  @Test
  void theNextRoundSendsWhatIsWrittenThen() {
    write(one);
    one.runPendingTasks();
    write(one);
    one.runPendingTasks();
    assertThat(one.outboundMessages()).hasSize(2);
  }

  @Test
  void aConnectionThatIsClosedSendsFirstWhatWasWritten() {
    write(one);
    one.pipeline().close();
    assertThat(one.outboundMessages()).hasSize(1);
    assertThat(one.isOpen()).isFalse();
  }

  @Test
  void whatAFlushMakesAConnectionWriteGoesWithTheNextRound() {
    one.pipeline()
        .writeAndFlush(Unpooled.wrappedBuffer(new byte[3]))
        .addListener(written -> write(other));
    one.runPendingTasks();
    other.runPendingTasks();
    assertThat(other.outboundMessages()).hasSize(1);
  }

  @Test
  void whatIsLargeIsSentAtOnceWithWhatWaitedBeforeIt() {
    write(one);
    one.pipeline().writeAndFlush(Unpooled.wrappedBuffer(new byte[20_000]));
    assertThat(one.outboundMessages()).hasSize(2);
  }

  @Test
  void aRushIsSentInPortions() {
    List<EmbeddedChannel> rush = Stream.generate(EmbeddedChannel::new).limit(100).toList();
    rush.forEach(FlushRound::join);
    rush.forEach(FlushRoundTest::write);
    assertThat(rush.get(0).outboundMessages()).hasSize(1);
    assertThat(rush.get(99).outboundMessages()).isEmpty();
    rush.forEach(EmbeddedChannel::runPendingTasks);
    assertThat(rush.get(99).outboundMessages()).hasSize(1);
    rush.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void aConnectionThatIsClosedHoldsNobodyElseUp() {
    write(one);
    write(other);
    one.pipeline().close();
    one.runPendingTasks();
    assertThat(other.outboundMessages()).hasSize(1);
  }
}
