package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/// Follows one resource for as long as its client is open.
public final class Follow {

  private Follow() {}

  /// Returns once its present state is known; calls back with it and with every later one, on an
  /// informer's thread. A deletion calls nobody: whoever follows keeps what it had.
  public static <T> void one(Informable<T> resource, Consumer<T> changed) {
    resource.inform(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(T added) {
            changed.accept(added);
          }

          @Override
          public void onUpdate(T before, T after) {
            changed.accept(after);
          }

          @Override
          public void onDelete(T deleted, boolean isFinalStateUnknown) {}
        });
  }
}
