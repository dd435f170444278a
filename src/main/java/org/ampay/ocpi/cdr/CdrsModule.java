package org.ampay.ocpi.cdr;

import java.util.EnumSet;
import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.store.Transactor;

/** CDRs, sender interface: a partner pulls those of its own tokens. */
public final class CdrsModule implements OcpiModule {

  private static final int METHOD_NOT_ALLOWED = 405;

  private final Transactor transactor;
  private final CdrStore store;

  public CdrsModule(Transactor transactor, CdrStore store) {
    this.transactor = transactor;
    this.store = store;
  }

  @Override
  public ModuleId id() {
    return ModuleId.CDRS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.SENDER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return EnumSet.allOf(OcpiVersion.class);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    if (!call.path().isEmpty()) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "CDRs are pulled as a list");
    }
    if (!call.method().equals("GET")) {
      throw new OcpiProblem(METHOD_NOT_ALLOWED, OcpiStatus.CLIENT_ERROR, "CDRs are never changed");
    }
    CdrStore.Page page =
        transactor.call(tx -> store.page(tx, call.partner().id(), call.version(), call.page()));
    return new OcpiAnswer.Page(page.texts(), page.total());
  }
}
