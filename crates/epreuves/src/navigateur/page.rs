//! Les gestes d'une personne devant une page, et ce qu'elle y voit.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use fantoccini::{Client, Locator, elements::Element, error::CmdError};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::pilote::Session;

/// La racine du dépôt.
const RACINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Au-delà, ce qu'on attend ne viendra pas.
const PATIENCE: Duration = Duration::from_secs(30);

/// Un navigateur ouvert. Il se ferme quand la valeur disparaît.
///
/// Chaque geste échoue avec le sélecteur et l'adresse de la page : l'essai se lit sans débogueur.
#[derive(Debug)]
pub struct Page {
    client: Client,
    session: Session,
}

impl Page {
    pub(super) async fn neuve(client: Client, port: &str) -> Self {
        let session = match client.session_id().await {
            Ok(Some(id)) => Session::neuve(port, &id),
            sinon => panic!("Chromium s'est ouvert sans session : {sinon:?}"),
        };
        let page = Self { client, session };
        page.taille(1280, 900).await;
        page
    }

    /// Le client WebDriver, pour un geste que cette page ne connaît pas.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Va à l'adresse, et attend que la page soit chargée.
    pub async fn aller(&self, url: &str) {
        self.reussi(self.client.goto(url).await, &format!("aller à {url}")).await;
    }

    /// L'adresse de la page.
    pub async fn adresse(&self) -> String {
        match self.client.current_url().await {
            Ok(adresse) => adresse.to_string(),
            Err(cause) => panic!("la page n'a pas d'adresse : {cause}"),
        }
    }

    /// L'adresse de la page, une fois qu'elle contient ce texte : un envoi part un peu après le clic.
    pub async fn arriver(&self, attendu: &str) -> String {
        let depart = Instant::now();
        loop {
            let adresse = self.adresse().await;
            if adresse.contains(attendu) {
                return adresse;
            }
            assert!(
                depart.elapsed() < PATIENCE,
                "la page est restée à {adresse}, on attendait {attendu}"
            );
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Le titre de la fenêtre.
    pub async fn titre(&self) -> String {
        self.reussi(self.client.title().await, "lire le titre").await
    }

    /// Le texte visible du premier élément désigné. Attend qu'il existe.
    pub async fn texte(&self, selecteur: &str) -> String {
        let element = self.trouver(selecteur).await;
        self.reussi(element.text().await, &format!("lire « {selecteur} »")).await
    }

    /// Les textes visibles de tous les éléments désignés, sans attendre.
    pub async fn textes(&self, selecteur: &str) -> Vec<String> {
        let elements = self.client.find_all(Locator::Css(selecteur)).await;
        let mut textes = vec![];
        for element in self.reussi(elements, &format!("chercher « {selecteur} »")).await {
            textes.push(self.reussi(element.text().await, &format!("lire « {selecteur} »")).await);
        }
        textes
    }

    /// Remplace le contenu d'un champ de saisie.
    pub async fn remplir(&self, selecteur: &str, valeur: &str) {
        let geste = format!("remplir « {selecteur} »");
        let element = self.trouver(selecteur).await;
        self.reussi(element.clear().await, &geste).await;
        self.reussi(element.send_keys(valeur).await, &geste).await;
    }

    /// Clique sur un lien, un bouton, une case. Si une page s'ouvre, elle est chargée au retour.
    pub async fn cliquer(&self, selecteur: &str) {
        let element = self.trouver(selecteur).await;
        self.reussi(element.click().await, &format!("cliquer sur « {selecteur} »")).await;
    }

    /// Choisit dans une liste déroulante l'option de cette valeur.
    pub async fn choisir(&self, selecteur: &str, valeur: &str) {
        let element = self.trouver(selecteur).await;
        self.reussi(
            element.select_by_value(valeur).await,
            &format!("choisir {valeur} dans « {selecteur} »"),
        )
        .await;
    }

    /// Tape dans l'élément qui a le focus : un parcours au clavier. Voir [`fantoccini::key::Key`].
    pub async fn taper(&self, touches: &str) {
        let element = self.client.active_element().await;
        let element = self.reussi(element, "trouver l'élément actif").await;
        self.reussi(element.send_keys(touches).await, "taper au clavier").await;
    }

    /// Dépose un fichier dans un champ `input type=file`. À rappeler pour en déposer plusieurs.
    pub async fn deposer_fichier(&self, selecteur: &str, chemin: &Path) {
        let geste = format!("déposer {} dans « {selecteur} »", chemin.display());
        match fs::canonicalize(chemin) {
            Ok(chemin) => {
                let element = self.trouver(selecteur).await;
                self.reussi(element.send_keys(&chemin.to_string_lossy()).await, &geste).await;
            }
            Err(cause) => panic!("{geste} : {cause}"),
        }
    }

    /// Donne sa taille à la partie visible, en pixels : 320 de large pour un téléphone étroit.
    pub async fn taille(&self, largeur: u64, hauteur: u64) {
        let ecran = json!({
            "width": largeur, "height": hauteur, "deviceScaleFactor": 1, "mobile": false,
        });
        self.session.outils("Emulation.setDeviceMetricsOverride", &ecran);
    }

    /// Montre la page comme à qui préfère un écran clair (`light`) ou sombre (`dark`).
    pub fn theme(&self, nom: &str) {
        let preference = json!({ "features": [{ "name": "prefers-color-scheme", "value": nom }] });
        self.session.outils("Emulation.setEmulatedMedia", &preference);
    }

    /// Exécute un script dans la page et rend ce qu'il retourne.
    pub async fn executer(&self, script: &str) -> Value {
        self.reussi(self.client.execute(script, vec![]).await, "exécuter un script").await
    }

    /// Échoue si la page déborde en largeur (WCAG 1.4.10), en nommant ce qui déborde.
    pub async fn pas_de_defilement_horizontal(&self) {
        let debordement = self.executer(include_str!("debordement.js")).await;
        let elements = debordement.as_array().cloned().unwrap_or_default();
        if !elements.is_empty() {
            let liste: Vec<_> = elements.iter().filter_map(Value::as_str).collect();
            panic!("{} défile en largeur :\n- {}", self.adresse().await, liste.join("\n- "));
        }
    }

    /// Photographie toute la page, en hauteur, dans `target/captures/NOM.png`, et dit où.
    pub async fn capture(&self, nom: &str) -> PathBuf {
        let mesures = self
            .executer("return [innerWidth, innerHeight, document.documentElement.scrollHeight]")
            .await;
        let mesure = |i: usize| mesures.get(i).and_then(Value::as_u64).unwrap_or(0);
        self.taille(mesure(0), mesure(1).max(mesure(2))).await;
        let image = self.reussi(self.client.screenshot().await, "photographier").await;
        self.taille(mesure(0), mesure(1)).await;

        let dossier = Path::new(RACINE).join("target/captures");
        let chemin = dossier.join(format!("{nom}.png"));
        if let Err(cause) = fs::create_dir_all(&dossier).and_then(|()| fs::write(&chemin, image)) {
            panic!("la capture {} ne s'écrit pas : {cause}", chemin.display());
        }
        chemin
    }

    /// Ce que la console du navigateur a reçu de grave depuis le dernier appel : erreurs de script,
    /// fichiers introuvables, règles de sécurité enfreintes.
    pub async fn erreurs_console(&self) -> Vec<String> {
        self.session
            .console()
            .iter()
            .filter(|entree| entree["level"] == "SEVERE")
            .filter_map(|entree| entree["message"].as_str().map(str::to_owned))
            .collect()
    }

    async fn trouver(&self, selecteur: &str) -> Element {
        let attente = self.client.wait().at_most(PATIENCE);
        let element = attente.for_element(Locator::Css(selecteur)).await;
        self.reussi(element, &format!("trouver « {selecteur} »")).await
    }

    pub(super) async fn reussi<T>(&self, resultat: Result<T, CmdError>, geste: &str) -> T {
        match resultat {
            Ok(valeur) => valeur,
            Err(cause) => panic!("{geste}, sur {} : {cause}", self.adresse().await),
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.session.fermer();
    }
}
