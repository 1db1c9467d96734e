"""The cases of the conformance comparison, one module for each subject."""

from . import b3, custom_tags, http, identity, names, sampling, tags, zipkin

CASES = tuple(case for subject in (names, tags, custom_tags, sampling, identity, b3, zipkin, http) for case in subject.CASES)
