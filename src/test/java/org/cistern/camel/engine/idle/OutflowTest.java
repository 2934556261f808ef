package org.cistern.camel.engine.idle;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether what was written is being taken. */
class OutflowTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Outflow outflow = new Outflow();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private ChannelOutboundBuffer buffer() {
    return channel.unsafe().outboundBuffer();
  }

  private void write(int bytes) {
    channel.write(Unpooled.wrappedBuffer(new byte[bytes]));
    buffer().addFlush();
  }

  @Test
  void aBufferWithNothingInItIsNotStuck() {
    outflow.moved(buffer());
    assertThat(outflow.moved(buffer())).isFalse();
    assertThat(outflow.isStuck()).isFalse();
  }

  @Test
  void whatWasWrittenAMomentAgoIsNotStuck() {
    write(10);
    assertThat(outflow.moved(buffer())).isTrue();
    assertThat(outflow.isStuck()).isFalse();
  }

  @Test
  void whatHasNotMovedSinceTheLastLookIsStuck() {
    write(10);
    outflow.moved(buffer());
    assertThat(outflow.moved(buffer())).isFalse();
    assertThat(outflow.isStuck()).isTrue();
  }

  @Test
  void whatIsTakenInPartHasMoved() {
    write(10);
    outflow.moved(buffer());
    buffer().progress(4);
    assertThat(outflow.moved(buffer())).isTrue();
    assertThat(outflow.isStuck()).isFalse();
  }

  @Test
  void aConnectionThatIsClosedIsNotStuck() {
    write(10);
    outflow.moved(buffer());
    outflow.moved(null);
    assertThat(outflow.isStuck()).isFalse();
  }
}
