import { escapeXml, xmlHead } from "./xml.ts";
import type { Entry } from "./zip.ts";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaging = "http://schemas.openxmlformats.org/package/2006";
const content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** The parts of a workbook of one sheet (ECMA-376 parts 1 and 2), whose rows lie in a file. */
export function workbookOf(sheetName: string, sheetPath: string): readonly Entry[] {
  return [
    { name: "[Content_Types].xml", text: contentTypes },
    { name: "_rels/.rels", text: relationships(["officeDocument", "xl/workbook.xml"]) },
    { name: "xl/workbook.xml", text: workbook(sheetName) },
    {
      name: "xl/_rels/workbook.xml.rels",
      text: relationships(["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"]),
    },
    { name: "xl/styles.xml", text: styleSheet },
    { name: "xl/worksheets/sheet1.xml", path: sheetPath },
  ];
}

const contentTypes = [
  `${xmlHead}<Types xmlns="${packaging}/content-types">`,
  `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
  `<Default Extension="xml" ContentType="application/xml"/>`,
  `<Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/>`,
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${content}.worksheet+xml"/>`,
  `<Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/>`,
  "</Types>",
].join("");

function relationships(...all: readonly (readonly [type: string, target: string])[]): string {
  const each = all.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  return `${xmlHead}<Relationships xmlns="${packaging}/relationships">${each.join("")}</Relationships>`;
}

function workbook(sheetName: string): string {
  // At most 31 characters, and none of these.
  const name = escapeXml(sheetName.replace(/[\\/?*[\]:']/g, " ").slice(0, 31));
  const sheet = `<sheet name="${name}" sheetId="1" r:id="rId1"/>`;
  return `${xmlHead}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheet}</sheets></workbook>`;
}

/** Three styles: as it comes, text (format 49 is "text"), and text in bold. The first two fills are prescribed. */
const styleSheet = [
  `${xmlHead}<styleSheet xmlns="${main}">`,
  `<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>`,
  `<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>`,
  `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`,
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`,
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`,
  `<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
  `<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  `<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>`,
  `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`,
  "</styleSheet>",
].join("");
