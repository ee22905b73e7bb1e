// Imported before src/main.ts: an older Node stops at the first TypeScript file with a message that helps nobody. It gets
// here when npm is told to ignore scripts, as scripts/install.js did not run then.
if (Number(process.versions.node.split(".")[0]) < 24) {
  process.stderr.write(
    `deskhand: Node 24 is needed, this is ${process.version}. \`node scripts/install.js\` installs what is missing.\n`,
  );
  process.exit(1);
}
