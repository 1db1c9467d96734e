package io.sidetrace.operator.status;

/// What was found about one pod.
public record PodFinding(String namespace, String name, Standing standing, Export export) {}
