"""The cases of the conformance comparison, one module for each subject."""

from . import addresses, b3, custom_tags, edits, formats, http, identity, limits, names, providers, sampling, tags, zipkin

SUBJECTS = (names, tags, custom_tags, formats, sampling, identity, b3, zipkin, providers, http, edits, limits, addresses)
CASES = tuple(case for subject in SUBJECTS for case in subject.CASES)
