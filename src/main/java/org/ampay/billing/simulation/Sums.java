package org.ampay.billing.simulation;

/**
 * What the sessions of one site and hour of day add up to; amounts are minor units.
 *
 * @param sessions that began in the hour
 * @param dearer those of them that would cost more
 * @param cheaper those of them that would cost less
 * @param energyMwh thousandths of a watt-hour, of the sessions that began in the hour
 * @param beforeExcl what fell into the hour, whenever its session began
 */
public record Sums(
    long sessions,
    long dearer,
    long cheaper,
    long energyMwh,
    long beforeExcl,
    long beforeIncl,
    long afterExcl,
    long afterIncl) {

  public static final Sums ZERO = new Sums(0, 0, 0, 0, 0, 0, 0, 0);

  /** Both together. */
  public Sums plus(Sums o) {
    return new Sums(
        Math.addExact(sessions, o.sessions),
        Math.addExact(dearer, o.dearer),
        Math.addExact(cheaper, o.cheaper),
        Math.addExact(energyMwh, o.energyMwh),
        Math.addExact(beforeExcl, o.beforeExcl),
        Math.addExact(beforeIncl, o.beforeIncl),
        Math.addExact(afterExcl, o.afterExcl),
        Math.addExact(afterIncl, o.afterIncl));
  }

  /** Sessions that would cost the same. */
  public long equal() {
    return sessions - dearer - cheaper;
  }

  /** The change of the revenue with tax. */
  public long changeIncl() {
    return afterIncl - beforeIncl;
  }

  /** The change of the revenue without tax. */
  public long changeExcl() {
    return afterExcl - beforeExcl;
  }
}
