// The CLI's name for a list and EC2's own, where the rule below does not give it.
const LIST_ELEMENTS: { readonly [name: string]: string } = {
  Tags: 'tagSet',
  PrivateIpAddresses: 'privateIpAddressesSet',
  Ipv6Addresses: 'ipv6AddressesSet',
  Ipv4Prefixes: 'ipv4PrefixSet',
  Ipv6Prefixes: 'ipv6PrefixSet',
};

/**
 * The fields of a JSON entry of the AWS CLI as EC2 writes them: names begin in lower case, lists
 * hold `item`s. Nothing is left out of it but absent values: an empty element would be read as an
 * empty text.
 */
export function toXml(entry: object): string {
  return Object.entries(entry)
    .map(([name, value]) => {
      const element = LIST_ELEMENTS[name] ?? name.charAt(0).toLowerCase() + name.slice(1);
      return value === undefined ? '' : `<${element}>${contentOf(value)}</${element}>`;
    })
    .join('');
}

function contentOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<item>${contentOf(item)}</item>`).join('');
  if (typeof value === 'object' && value !== null) return toXml(value);
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
