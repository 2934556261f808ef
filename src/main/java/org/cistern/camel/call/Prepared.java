package org.cistern.camel.call;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import java.util.EnumMap;
import java.util.Map;
import org.cistern.answer.Answer;
import org.cistern.freshness.Facts;
import org.cistern.http.coding.Coding;
import org.cistern.purge.Checked;
import org.cistern.rule.Rule;
import org.cistern.tier.memory.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * What a hit needs and need not work out again: kept beside an answer in memory. Immutable but for
 * two notes (what the purge log said last, what was rendered this second) that any thread may
 * overwrite with its own.
 */
public final class Prepared implements Attachment {

  private static final long OWN_WEIGHT = 600;

  private final Facts facts;
  private final Lines lines;
  private final Buffer body;
  private final Map<Coding, Coded> coded;
  private final boolean codable;
  private volatile @Nullable Checked checked;
  private volatile @Nullable Stamp stamp;

  private Prepared(
      Facts facts, Lines lines, Buffer body, Map<Coding, Coded> coded, boolean codable) {
    this.facts = facts;
    this.lines = lines;
    this.body = body;
    this.coded = coded;
    this.codable = codable;
  }

  /** Works out what hits on an answer need. */
  public static Prepared of(Answer answer, Rule rule, ReplyHead head) {
    return new Prepared(
        Facts.of(answer, rule),
        head.ofStored(answer),
        BufferImpl.buffer(Unpooled.wrappedBuffer(answer.body().bytes())),
        Map.of(),
        Codable.is(answer));
  }

  /** Returns the same under another version of the rule. */
  public Prepared under(Rule rule) {
    Facts current = facts.under(rule);
    return current == facts ? this : new Prepared(current, lines, body, coded, codable);
  }

  /** Returns the same with one more coded form. */
  public Prepared with(Coding coding, Coded form) {
    Map<Coding, Coded> more = new EnumMap<>(Coding.class);
    more.putAll(coded);
    more.put(coding, form);
    return new Prepared(facts, lines, body, more, codable);
  }

  /** Returns the facts of freshness. */
  public Facts facts() {
    return facts;
  }

  /** Returns the head without what changes with the clock. */
  public Lines lines() {
    return lines;
  }

  /** Returns the body as the origin sent it. */
  public Buffer body() {
    return body;
  }

  /** Returns the coded forms that were made so far. */
  public Map<Coding, Coded> coded() {
    return coded;
  }

  /** Tells whether coded forms of it are worth making, and allowed. */
  public boolean codable() {
    return codable;
  }

  /** Returns what the purge log said last, or null. */
  public @Nullable Checked checked() {
    return checked;
  }

  /** Remembers what the purge log said. */
  @SuppressWarnings("ReferenceEquality") // The same one need not be written again.
  public void checked(Checked now) {
    if (checked != now) {
      checked = now;
    }
  }

  /** Returns what was rendered last, for whichever second, or null. */
  public @Nullable Stamp stamp() {
    return stamp;
  }

  /** Remembers what was rendered. */
  public void stamp(Stamp rendered) {
    stamp = rendered;
  }

  @Override
  public long weight() {
    long weight = OWN_WEIGHT + 2L * lines.headers().weight();
    for (Coded form : coded.values()) {
      weight += form.weight();
    }
    return weight;
  }

  /**
   * A coded form of the body.
   *
   * @param lines its head: another ETag, Content-Encoding
   * @param body the coded bytes; empty where coding does not pay and identity is sent
   */
  public record Coded(Lines lines, Buffer body) {
    long weight() {
      return (long) body.length() + lines.headers().weight();
    }
  }
}
