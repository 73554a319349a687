/**
 * Which network addresses a user-given URL may reach. Public unicast addresses are allowed; everything that leads into this
 * machine or its network (loopback, private, link-local with its cloud metadata services, carrier-grade NAT, multicast,
 * reserved, unspecified) is refused unless the operator opened its range.
 *
 * An IPv6 address that carries an IPv4 one (mapped, RFC 4291 section 2.5.5.2; NAT64's 64:ff9b::/96, RFC 6052) is judged by the
 * address inside. The retired transition ranges (6to4, Teredo, IPv4-compatible) and NAT64's local-use prefix are refused.
 */
import ipaddr from 'ipaddr.js';
import { AnimaticError } from '#domain/errors.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [network: Address, prefixLength: number];

/** Global unicast, RFC 4291 section 2.4: what IANA has handed out so far. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64_WELL_KNOWN = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const EMBEDDED_V4_OFFSET = 12;

/** How a refused range is called in messages; other special ranges are "reserved". */
const KIND_NAMES: Readonly<Record<string, string>> = {
  carrierGradeNat: 'carrier-grade NAT',
  linkLocal: 'link-local',
  loopback: 'loopback',
  multicast: 'multicast',
  private: 'private',
  uniqueLocal: 'private',
  unspecified: 'unspecified',
};

function parseRange(text: string): Range {
  // The looser forms (`10.1/8`, `0x7f.0.0.0/8`) are typing errors more often than wishes.
  const plain = ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);
  if (plain) return ipaddr.parseCIDR(text);
  throw new AnimaticError(
    'bad_setting',
    `ANIMATIC_ALLOW_PRIVATE_URLS holds "${text}", which is not an address range; write CIDRs separated by commas, such as 10.0.0.0/8 or fd00::/8 (127.0.0.1/32 for a single address).`,
  );
}

/** Parsed from its hexadecimal form, because `::127.0.0.1` and `::ffff:127.0.0.1` are different addresses. */
function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const [withoutZone] = text.split('%');
  const hostname = URL.parse(`http://[${withoutZone}]/`)?.hostname;
  return hostname === undefined ? undefined : ipaddr.IPv6.parse(hostname.slice(1, -1));
}

/** The address that traffic really goes to. */
function unwrap(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (address.match(NAT64_WELL_KNOWN))
    return new ipaddr.IPv4(address.toByteArray().slice(EMBEDDED_V4_OFFSET));
  return address;
}

/** What stands in the way of reaching an address, as an adjective; undefined for a public one. */
function refusalKind(address: Address): string | undefined {
  const range = address.range();
  const isGlobal = address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST_V6);
  if (range === 'unicast' && isGlobal) return undefined;
  return KIND_NAMES[range] ?? 'reserved';
}

export class AddressPolicy {
  readonly #allowed: readonly Range[];

  /** @param allowedRanges CIDRs that may be reached besides public addresses. @throws AnimaticError `bad_setting`. */
  constructor(allowedRanges: readonly string[]) {
    this.#allowed = allowedRanges.map(parseRange);
  }

  /**
   * Why this address is refused ("private", "loopback", ...); undefined when it may be reached.
   * @param text An IP address as a resolver returns it.
   */
  refusalOf(text: string): string | undefined {
    const address = parseAddress(text);
    if (address === undefined) return 'malformed';
    const target = unwrap(address);
    if (this.#isAllowed(address) || this.#isAllowed(target)) return undefined;
    return refusalKind(target);
  }

  #isAllowed(address: Address): boolean {
    return this.#allowed.some(
      ([network, prefixLength]) => address.kind() === network.kind() && address.match(network, prefixLength),
    );
  }
}
