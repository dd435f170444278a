package org.ampay.station.certs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.station.StationInfo;

/** A station that answers as it is told, and notes what it is sent. */
final class PlayedPort implements StationCertificatePort {
  final List<String> chains = new ArrayList<>();
  final List<SigningUse> triggers = new ArrayList<>();
  final List<CertificateHash> deleted = new ArrayList<>();
  Reply next = new Reply.Accepted();
  List<Reported> held = List.of();

  @Override
  public CompletionStage<Reply> signed(StationInfo to, SigningUse use, String chain) {
    chains.add(chain);
    return CompletableFuture.completedFuture(next);
  }

  @Override
  public CompletionStage<Reply> install(StationInfo to, CertificateKind kind, String pem) {
    return CompletableFuture.completedFuture(next);
  }

  @Override
  public CompletionStage<Reply> delete(StationInfo to, CertificateHash hash) {
    deleted.add(hash);
    return CompletableFuture.completedFuture(next);
  }

  @Override
  public CompletionStage<Inventory> installed(StationInfo to, Set<CertificateKind> kinds) {
    return CompletableFuture.completedFuture(new Inventory(new Reply.Accepted(), held));
  }

  @Override
  public CompletionStage<Reply> triggerSigning(StationInfo to, SigningUse use) {
    triggers.add(use);
    return CompletableFuture.completedFuture(next);
  }
}
