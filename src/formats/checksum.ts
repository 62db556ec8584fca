import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** The first 12 hexadecimal digits of a file's SHA-256: enough to distinguish files in a report. */
export function shortChecksum(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes)).slice(0, 12);
}
