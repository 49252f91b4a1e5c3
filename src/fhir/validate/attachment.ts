import { report, type ObjectCheck } from './pass.ts';

/**
 * The stated size of inline data is its size.
 *
 * @see https://hl7.org/fhir/R4/datatypes-definitions.html#Attachment.size
 */
export const attachmentRules: ObjectCheck = (attachment, pass) => {
  const { data, size } = attachment;
  if (typeof data !== 'string' || typeof size !== 'number') {
    return;
  }
  const bytes = decodedLength(data);
  if (bytes !== size) {
    report(pass, {
      code: 'structure',
      rule: 'attachment-size',
      text: `The size says ${size} bytes, the data has ${bytes}.`,
      child: 'size',
    });
  }
};

function decodedLength(base64: string): number {
  let characters = 0;
  for (let at = 0; at < base64.length; at += 1) {
    const code = base64.charCodeAt(at);
    characters += code > 0x20 && code !== 0x3d ? 1 : 0;
  }
  return Math.floor((characters * 3) / 4);
}
