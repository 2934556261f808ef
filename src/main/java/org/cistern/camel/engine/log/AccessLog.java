package org.cistern.camel.engine.log;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.settings.Setting;
import org.cistern.camel.settings.SettingsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log: one JSON object per call. Calls hand their line to a bounded queue and go on; a
 * thread of its own writes. Where it cannot keep up, lines are dropped, counted, and the count is
 * said once a minute.
 */
public final class AccessLog implements CallListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private static final int QUEUE = 16_384;
  private static final int BATCH = 1024;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long CLOSE_MILLIS = 2000;

  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder dropped = new LongAdder();
  private final LogTarget target;
  private final AccessLine line;
  private final Thread writer;
  private volatile boolean closing;
  private long said = System.nanoTime() - MINUTE;

  private AccessLog(LogTarget target, LoggedQuery queries) {
    this.target = target;
    this.line = new AccessLine(queries);
    this.writer = new Thread(this::write, "cistern-access-log");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Returns the log that a setting names: a file, {@code stdout}, or null for {@code off}.
   *
   * @param queries how queries are shown in it
   * @throws SettingsException where the file cannot be written
   */
  public static @Nullable AccessLog of(String setting, LoggedQuery queries) {
    return switch (setting) {
      case "", "off" -> null;
      case "stdout" -> new AccessLog(LogTarget.of(standardOutput()), queries);
      default -> new AccessLog(opened(setting), queries);
    };
  }

  private static LogTarget opened(String file) {
    LogTarget target = LogTarget.of(Path.of(file));
    if (!target.write(new byte[0])) {
      throw new SettingsException(List.of(Setting.ACCESS_LOG.refusal(file)));
    }
    return target;
  }

  @SuppressWarnings("SystemOut") // it is what the setting asks for
  private static OutputStream standardOutput() {
    return System.out;
  }

  /** Returns a listener that tells another one first. */
  public CallListener after(CallListener other) {
    return new CallListener() {
      @Override
      public void over(ClientCall call, int status, long nanos) {
        other.over(call, status, nanos);
        AccessLog.this.over(call, status, nanos);
      }

      @Override
      public void beside(Beside request) {
        other.beside(request);
        AccessLog.this.beside(request);
      }
    };
  }

  @Override
  public void over(ClientCall call, int status, long nanos) {
    take(line.of(call, status, nanos));
  }

  @Override
  public void beside(Beside request) {
    take(line.of(request));
  }

  private void take(String line) {
    if (!lines.offer(line)) {
      dropped.increment();
    }
  }

  /** Returns how many lines were dropped and not yet said. */
  long dropped() {
    return dropped.sum();
  }

  private void write() {
    List<String> batch = new ArrayList<>(BATCH);
    while (!closing || !lines.isEmpty()) {
      try {
        String first = lines.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          lines.drainTo(batch, BATCH - 1);
        }
        put(batch);
      } catch (InterruptedException e) {
        closing = true;
      } catch (RuntimeException | Error unexpected) {
        LOG.warn("the access log lost some lines", unexpected);
        dropped.add(batch.size());
      }
      batch.clear();
      sayDrops();
    }
    target.close();
  }

  private void put(List<String> batch) {
    if (batch.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    batch.forEach(line -> text.append(line).append('\n'));
    if (!target.write(text.toString().getBytes(StandardCharsets.UTF_8))) {
      dropped.add(batch.size());
    }
  }

  private void sayDrops() {
    long now = System.nanoTime();
    if (now - said >= MINUTE && dropped.sum() > 0) {
      said = now;
      LOG.warn("the access log lost {} lines: {}", dropped.sumThenReset(), target.problem());
    }
  }

  /** Writes what is queued, for as long as two seconds. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
