"""Keys (密钥): sealing text, searching sealed text by hash, query codes, data keys that can be shredded."""

from .cipher import BadToken, seal, unseal, version_of
from .codes import hash_query_code, new_query_code, query_code_for, query_code_hashes
from .data import DataCipher, Shredded, data_key, shred
from .index import blind, blind_candidates, derived
from .ring import KeyMissing, Ring, ring

__all__ = [
    "BadToken",
    "DataCipher",
    "KeyMissing",
    "Ring",
    "Shredded",
    "blind",
    "blind_candidates",
    "data_key",
    "derived",
    "hash_query_code",
    "new_query_code",
    "query_code_for",
    "query_code_hashes",
    "ring",
    "seal",
    "shred",
    "unseal",
    "version_of",
]
