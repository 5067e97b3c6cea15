use super::{Cellule, Colonne, en_euros, oui_non};

/// Un CSV pour tableur français.
pub(super) struct Feuille {
    texte: String,
}

impl Feuille {
    pub(super) fn nouvelle(colonnes: &[Colonne]) -> Self {
        let mut feuille = Self { texte: "\u{feff}".to_owned() };
        feuille.rangee(colonnes.iter().map(|colonne| inoffensif(&colonne.titre)));
        feuille
    }

    pub(super) fn ligne(&mut self, cellules: &[Cellule]) {
        self.rangee(cellules.iter().map(|cellule| match cellule {
            Cellule::Vide => String::new(),
            Cellule::Texte(texte) => inoffensif(texte),
            Cellule::Date(jour) => {
                format!("{:02}/{:02}/{:04}", jour.day(), jour.month(), jour.year())
            }
            Cellule::Montant(centimes) => en_euros(*centimes, ','),
            Cellule::Entier(entier) => entier.to_string(),
            Cellule::OuiNon(oui) => oui_non(*oui).to_owned(),
        }));
    }

    pub(super) fn prendre(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.texte).into_bytes()
    }

    pub(super) fn terminer(self) -> Vec<u8> {
        self.texte.into_bytes()
    }

    fn rangee(&mut self, cellules: impl Iterator<Item = String>) {
        for (rang, cellule) in cellules.enumerate() {
            if rang > 0 {
                self.texte.push(';');
            }
            if cellule.contains([';', ',', '"', '\t', '\r', '\n']) {
                self.texte.push('"');
                self.texte.push_str(&cellule.replace('"', "\"\""));
                self.texte.push('"');
            } else {
                self.texte.push_str(&cellule);
            }
        }
        self.texte.push_str("\r\n");
    }
}

/// Un texte qu'un tableur prendrait pour une formule est précédé d'une apostrophe.
///
/// Un nombre écrit en texte reste un nombre : « -12,50 » ne s'exécute pas.
fn inoffensif(texte: &str) -> String {
    let texte: String = texte
        .chars()
        .map(|c| if c.is_control() && !matches!(c, '\t' | '\r' | '\n') { ' ' } else { c })
        .collect();
    // Les formes pleine chasse sont des signes ordinaires pour certains tableurs.
    let dangereux = texte.starts_with(['\t', '\r', '\n'])
        || texte.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if dangereux && !est_un_nombre(&texte) { format!("'{texte}") } else { texte }
}

fn est_un_nombre(texte: &str) -> bool {
    let chiffres = texte.strip_prefix(['+', '-']).unwrap_or(texte);
    let (entier, decimales) = chiffres.split_once([',', '.']).unwrap_or((chiffres, "0"));
    let que_des_chiffres = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    que_des_chiffres(entier) && que_des_chiffres(decimales)
}
