import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  content: string | Buffer;
  /** In place of what is right: the tests' archives are damaged, or not for us. */
  crc?: number;
  method?: number;
  encrypted?: boolean;
  modifiedAt?: Date;
}

/** A ZIP archive (PKWARE APPNOTE 4.3) of these members, deflated. */
export function makeZip(members: Record<string, ZipMember | string | Buffer>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, member] of Object.entries(members)) {
    const { data, fields } = packMember(
      typeof member === 'object' && 'content' in member ? member : { content: member },
    );
    const path = Buffer.from(name);
    const lengths = Buffer.from(Uint16Array.of(path.length, 0).buffer);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, lengths, path, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, lengths, rest, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** What both headers of a member have in common, and its data. */
function packMember({
  content,
  crc,
  method = 8,
  encrypted = false,
  modifiedAt = new Date(2026, 8, 7),
}: ZipMember) {
  const bytes = Buffer.from(content);
  const data = deflateRawSync(bytes);
  const fields = Buffer.alloc(22);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE((encrypted ? 1 : 0) | 0x800, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE((modifiedAt.getHours() << 11) | (modifiedAt.getMinutes() << 5), 6);
  const day =
    ((modifiedAt.getFullYear() - 1980) << 9) | ((modifiedAt.getMonth() + 1) << 5) | modifiedAt.getDate();
  fields.writeUInt16LE(day, 8);
  fields.writeUInt32LE(crc ?? crc32(bytes), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  return { data, fields };
}
