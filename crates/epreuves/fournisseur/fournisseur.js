// Un vrai fournisseur d'identité, jetable : oidc-provider, réglé comme ProConnect.
// Usage : node fournisseur.js PORT SERVICE. La personne est celle qu'on tape ; « fort » coche deux facteurs.
import { Provider } from "oidc-provider";
import { createServer } from "node:http";

// Ses avertissements de mise au point n'intéressent personne, et le lanceur n'écoute plus après « pret ».
console.info = console.warn = () => {};

const [port, service] = process.argv.slice(2);
const emetteur = `http://127.0.0.1:${port}`;
const FORT = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";

const fournisseur = new Provider(emetteur, {
  clients: [
    {
      client_id: "seuil",
      client_secret: "un secret d'essai",
      redirect_uris: [`${service}/connexion/oidc/retour`],
      post_logout_redirect_uris: [`${service}/connexion/oidc/sortie`],
      token_endpoint_auth_method: "client_secret_post",
      userinfo_signed_response_alg: "RS256",
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  acrValues: ["eidas1", "eidas2", FORT],
  claims: { openid: ["sub", "acr", "amr"], email: ["email"], acr: null, amr: null },
  features: {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  pkce: { required: () => true },
  cookies: { keys: ["essai"] },
  interactions: { url: (_, echange) => `/interaction/${echange.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@exemple.fr` }),
  }),
});

const page = (corps) =>
  `<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Fournisseur d'essai</title><main>${corps}</main></html>`;

async function interaction(requete, reponse) {
  const { prompt, params, session } = await fournisseur.interactionDetails(requete, reponse);
  if (requete.method !== "POST") {
    reponse.setHeader("content-type", "text/html; charset=utf-8");
    reponse.end(
      page(
        `<h1>Qui êtes-vous ?</h1><form method="post"><input id="personne" name="personne"><label><input type="checkbox" id="fort" name="fort"> Deux facteurs</label><button id="entrer">Entrer</button><button id="refuser" name="refuser" value="oui">Refuser</button></form>`,
      ),
    );
    return;
  }
  let corps = "";
  for await (const morceau of requete) corps += morceau;
  const champs = new URLSearchParams(corps);
  if (champs.get("refuser")) {
    await fournisseur.interactionFinished(requete, reponse, { error: "access_denied" });
    return;
  }
  const accountId = session?.accountId ?? champs.get("personne");
  const permis = new fournisseur.Grant({ accountId, clientId: params.client_id });
  permis.addOIDCScope(params.scope);
  permis.addOIDCClaims(["acr", "amr"]);
  const fort = champs.get("fort") !== null;
  await fournisseur.interactionFinished(requete, reponse, {
    login: { accountId, acr: fort ? FORT : "eidas1", amr: fort ? ["pwd", "mfa"] : ["pwd"] },
    consent: { grantId: await permis.save() },
  });
}

const repondre = fournisseur.callback();
createServer((requete, reponse) => {
  const chemin = new URL(requete.url, emetteur).pathname;
  if (!chemin.startsWith("/interaction/")) return repondre(requete, reponse);
  interaction(requete, reponse).catch((erreur) => {
    reponse.statusCode = 500;
    reponse.end(String(erreur));
  });
}).listen(Number(port), "127.0.0.1", () => console.log(`pret ${emetteur}`));
