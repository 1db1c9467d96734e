"""The cases of the conformance comparison, one module for each subject."""

from . import addresses, b3, custom_tags, edits, formats, http, identity, limits, names, sampling, tags, zipkin

CASES = tuple(case for subject in (names, tags, custom_tags, formats, sampling, identity, b3, zipkin, http, edits, limits, addresses) for case in subject.CASES)
