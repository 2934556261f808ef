package org.cistern.camel.call;

import org.cistern.freshness.Asked;
import org.cistern.freshness.Reason;
import org.cistern.freshness.Verdict;
import org.cistern.rule.Key;
import org.cistern.rule.Rule;
import org.cistern.tier.Level;
import org.cistern.upstream.message.BrokenOff;
import org.jspecify.annotations.Nullable;

/** What the steps have found out about a call: facts that fill up on the way. */
public final class Passage {

  private @Nullable Asked asked;
  private @Nullable Key key;
  private @Nullable QueryKeys keys;
  private @Nullable TakenBody body;
  private @Nullable Prepared stored;
  private @Nullable Verdict verdict;
  private @Nullable Level level;
  private @Nullable Reason reason;
  private @Nullable String failure;
  private int forwardStatus;
  private boolean forwarded;
  private boolean joined;
  private boolean flew;
  private boolean served;
  private boolean askedMemory;
  private boolean variantsSeen;
  private @Nullable Reason became;

  /** Notes who asks for what under which rule. */
  public void asked(Asked what) {
    this.asked = what;
  }

  /** Returns who asks for what, or null before the match step. */
  public @Nullable Asked asked() {
    return asked;
  }

  /** Returns the rule, or null where none speaks of the request. */
  public @Nullable Rule rule() {
    return asked == null ? null : asked.rule();
  }

  /** Notes the cache key. */
  public void key(Key found) {
    this.key = found;
    this.keys = null;
  }

  /** Notes two cache keys; the shared one is the one that counts until an answer is found. */
  public void keys(QueryKeys both) {
    this.key = both.shared();
    this.keys = both;
  }

  /** Returns both keys, or null where there is one at most, or it is known which one counts. */
  public @Nullable QueryKeys keys() {
    return keys;
  }

  /** Returns the key that no other query has, or null where the tiers have no say. */
  public @Nullable Key ownKey() {
    return keys == null ? key : keys.own();
  }

  /** Returns the cache key, or null where the tiers have no say. */
  public @Nullable Key key() {
    return key;
  }

  /** Notes what was read of the request's body. */
  public void body(TakenBody taken) {
    this.body = taken;
  }

  /** Returns what was read of the request's body, or null where no step has read it. */
  public @Nullable TakenBody body() {
    return body;
  }

  /** Notes what a tier had, and what was judged of it. */
  public void found(Level where, Prepared what, Verdict judged) {
    this.level = where;
    this.stored = what;
    this.verdict = judged;
    this.reason = judged.reason();
  }

  /** Notes that a stored answer goes out, after the upstream had its say. */
  public void serve(Prepared what) {
    this.stored = what;
    this.served = true;
  }

  /** Tells whether what goes out is a stored answer. */
  public boolean isServed() {
    return served || (verdict != null && verdict.serves());
  }

  /** Returns the stored answer that was found, usable or not, or null. */
  public @Nullable Prepared stored() {
    return stored;
  }

  /** Returns the verdict on what was found, or null. */
  public @Nullable Verdict verdict() {
    return verdict;
  }

  /** Returns the tier that had it, or null. */
  public @Nullable Level level() {
    return level;
  }

  /** Returns the label of the tier whose answer goes out, or null where none's does. */
  public @Nullable String servedBy() {
    return level == null || !isServed() ? null : level.label();
  }

  /** Notes that memory was asked, which is what the step of that name does and nobody else. */
  public void askMemory() {
    this.askedMemory = true;
  }

  /** Tells whether memory was asked. */
  public boolean askedMemory() {
    return askedMemory;
  }

  /** Notes why the request is answered as it is. */
  public void reason(Reason why) {
    this.reason = why;
  }

  /** Returns why the request is answered as it is, or null where nothing was decided. */
  public @Nullable Reason reason() {
    return reason;
  }

  /** Notes that the upstream was asked, and the status it gave; 0 where it gave none. */
  public void forwarded(int status) {
    this.forwarded = true;
    this.forwardStatus = status;
  }

  /** Tells whether the upstream was asked for this request. */
  public boolean wasForwarded() {
    return forwarded;
  }

  /** Returns the upstream's status, or 0. */
  public int forwardStatus() {
    return forwardStatus;
  }

  /**
   * Notes why a stale answer stands in for the upstream's, of which nothing becomes, and the status
   * of that; 0 where there was none.
   */
  public void standIn(Reason why, int status) {
    this.reason = why;
    this.became = null;
    forwarded(status);
  }

  /** Notes that the request shares the upstream call of another one. */
  public void join() {
    this.joined = true;
  }

  /** Tells whether the request shares the upstream call of another one. */
  public boolean joined() {
    return joined;
  }

  /** Notes that a tier keeps answers under the key, but none for this request. */
  public void seeVariants() {
    this.variantsSeen = true;
  }

  /** Notes why the upstream is asked, as far as the verdict says it. */
  public void asks(Reason why) {
    this.reason = why == Reason.COLD && variantsSeen ? Reason.VARIANT : why;
  }

  /** Notes that a flight brought the reply: the upstream did not see the client's conditions. */
  public void fly() {
    this.flew = true;
  }

  /** Tells whether a flight brought the reply. */
  public boolean flew() {
    return flew;
  }

  /** Notes what became of the upstream's response: stored, or why not. */
  public void became(Reason what) {
    this.became = what;
  }

  /** Returns what became of the upstream's response, or null where that is not known. */
  public @Nullable Reason became() {
    return became;
  }

  /** Returns why the upstream's response was not stored, or null where it was, or there is none. */
  public @Nullable Reason notStored() {
    return became == Reason.STORED ? null : became;
  }

  /** Notes why an upstream gave no response, by its label: nothing becomes of one then. */
  public void failure(String label) {
    this.failure = label;
    this.became = null;
  }

  /** Notes that a body broke off on its way to the client. */
  public void cut(Throwable cause) {
    this.reason = Reason.CUT;
    this.failure = cause instanceof BrokenOff known ? known.label() : Reason.CUT.label();
  }

  /** Returns why an upstream gave no response, or not all of it, or null. */
  public @Nullable String failure() {
    return failure;
  }
}
