// Se lance comme le programme : petit-serveur.js --adresse HÔTE:PORT.
const [, , option, adresse] = process.argv;
const [hote, port] = adresse.split(":");
require("node:fs").writeFileSync("base", option);
require("node:http")
  .createServer((_, reponse) => reponse.end("bonjour"))
  .listen(Number(port), hote, () => console.log("en marche"));
