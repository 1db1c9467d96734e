package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// Tells what comes, changes or goes, without saying which; on an informer's thread.
///
/// @param isSame whether a change, from the first to the second, is none that counts
record EachChange<T>(Consumer<T> changed, BiPredicate<T, T> isSame)
    implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T added) {
    changed.accept(added);
  }

  @Override
  public void onUpdate(T before, T after) {
    if (!isSame.test(before, after)) {
      changed.accept(after);
    }
  }

  @Override
  public void onDelete(T deleted, boolean isFinalStateUnknown) {
    changed.accept(deleted);
  }
}
