package org.cistern.tier.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.cistern.http.Headers;
import org.cistern.tier.FakeClock;
import org.cistern.tier.Found;
import org.cistern.tier.Level;
import org.cistern.tier.RuleBounds;
import org.cistern.tier.Samples;
import org.cistern.tier.Tier.Stored;
import org.cistern.tier.TierEvents;
import org.cistern.tier.ZstdCompression;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder of each test's, the tiers that are opened over it, and a look at its files. The tiers
 * are closed and the folder is removed after the test.
 */
final class DiskUnderTest implements BeforeEachCallback, AfterEachCallback {

  /** In bytes. */
  static final long ROOM = 8 << 20;

  /** A body beyond what a row of the database holds. */
  static final String LARGE = noise(1_800_000);

  private @Nullable Path made;
  final FakeClock clock = new FakeClock();
  final RecordedEvents events = new RecordedEvents();
  private final List<DiskTier> opened = new ArrayList<>();

  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    made = Files.createTempDirectory("cistern-disk-");
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    opened.forEach(DiskTier::close);
    try (Stream<Path> all = Files.walk(folder())) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** Returns the folder of the files. */
  Path folder() {
    return Objects.requireNonNull(made, "the test has not begun");
  }

  DiskTier open(long epoch) {
    return open(epoch, DiskSettings.of(folder(), ROOM, Duration.ofHours(9)));
  }

  DiskTier open(long epoch, DiskSettings settings) {
    return open(epoch, settings, events);
  }

  private DiskTier open(long epoch, DiskSettings settings, TierEvents events) {
    DiskTier tier =
        DiskTier.open(settings, epoch, new ZstdCompression(), clock, RuleBounds.NONE, events);
    opened.add(tier);
    return tier;
  }

  /** Opens a tier whose events break where it tells of damage. */
  DiskTier openBreaking() {
    TierEvents breaking =
        new TierEvents() {
          @Override
          public void damaged(Level level, String what) {
            throw new IllegalStateException("as a fault of our own would");
          }
        };
    return open(1, DiskSettings.of(folder(), ROOM, Duration.ofHours(9)), breaking);
  }

  /** Stores and waits for the outcome. */
  Stored store(DiskTier tier, Object name, String body) {
    return begin(tier, name, body).join();
  }

  /** Stores without waiting. */
  CompletableFuture<Stored> begin(DiskTier tier, Object name, String body) {
    Samples sample = Samples.at(clock.instant(), body);
    return tier.store(Samples.key(name), sample.answer(), 8).toCompletableFuture();
  }

  Found find(DiskTier tier, Object name) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    tier.find(Samples.key(name), Headers.empty(), found::complete);
    return found.join();
  }

  /** Returns the body that is found, or null. */
  @Nullable String text(DiskTier tier, Object name) {
    var answer = find(tier, name).answer();
    return answer == null ? null : Samples.text(answer);
  }

  /** Returns settings with a queue of four writes. */
  DiskSettings narrow() {
    return new DiskSettings(folder(), ROOM, Duration.ofHours(9), 1, 9, 4, 1 << 20);
  }

  /** Begins more writes than that queue takes; returns true. */
  boolean fill(DiskTier tier) {
    for (int i = 0; i < 9; i++) {
      var unused = begin(tier, "other", "x");
    }
    return true;
  }

  /** Does something while another program writes to the database, so that no write goes well. */
  void whileLocked(Runnable meanwhile) throws SQLException {
    try (Connection tool = tool();
        Statement statement = tool.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      meanwhile.run();
      statement.execute("ROLLBACK");
    }
  }

  /** Changes the database as another program would. */
  void byTool(String sql) throws SQLException {
    try (Connection tool = tool();
        Statement statement = tool.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection tool() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  Path database() {
    return folder().resolve("entries.db");
  }

  /** Returns the files of the bodies that have one of their own. */
  List<Path> bodies() {
    return files(folder().resolve("bodies"), "");
  }

  /** Returns the databases that were found damaged and kept. */
  List<Path> aside() {
    return files(folder(), "entries.db.damaged").stream()
        .filter(file -> !file.toString().endsWith("-wal"))
        .toList();
  }

  private static List<Path> files(Path in, String prefix) {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the size of all files together. */
  long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Returns text that no compression makes small, the same for the same length. */
  static String noise(int length) {
    return new Random(length)
        .ints(length, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
