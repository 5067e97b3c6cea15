//! Comment une étape s'écrit : une règle, qui, quoi, pourquoi, puis sa date.

use droit::catalogue::{appliquer, regle};
use droit::conclusion::Motif;
use droit::demande::Entree;
use droit::jour::Jour;
use jiff::civil::Date;

use super::Vue;
use crate::procedure::etape::Etape;

/// Une étape à laquelle il manque sa date.
pub(super) struct Demande<'v> {
    vue: &'v Vue<'v>,
    regle: &'static str,
    qui: String,
    quoi: String,
    motifs: Vec<String>,
}

impl Vue<'_> {
    pub(super) fn a_faire(
        &self,
        regle: &'static str,
        qui: &str,
        quoi: impl Into<String>,
    ) -> Demande<'_> {
        Demande { vue: self, regle, qui: qui.to_owned(), quoi: quoi.into(), motifs: Vec::new() }
    }
}

impl Demande<'_> {
    /// Pourquoi, en une phrase sans point final.
    pub(super) fn car(mut self, motif: impl Into<String>) -> Self {
        self.motifs.push(motif.into());
        self
    }

    /// Les motifs d'une conclusion du droit.
    pub(super) fn selon(mut self, motifs: &[Motif]) -> Self {
        self.motifs.extend(motifs.iter().map(ToString::to_string));
        self
    }

    /// Ce qu'énonce une règle de droit ce jour-là, si son texte est connu.
    pub(super) fn texte(mut self, nom: &str, jour: Date) -> Self {
        if let Some(version) = regle(nom).and_then(|r| r.le(jour).ok()) {
            let reserve =
                if version.source.certitude.est_a_verifier() { " ; à vérifier" } else { "" };
            self.motifs.push(format!("{} ({}{reserve})", version.valeur, version.source));
        }
        self
    }

    /// Le délai est celui du profil, compté de ce jour, ou de l'ouverture du dossier si elle suit.
    pub(super) fn dans(mut self, cle: &str, depuis: Date) -> Etape {
        let depuis = depuis.max(self.vue.connu_le);
        let avant_le = self.delai_du_profil(cle, depuis);
        self.le(avant_le)
    }

    /// Le délai est celui du profil, compté du jour où l'on a appris ce qui est arrivé ce jour-là.
    pub(super) fn dans_apres(self, cle: &str, acte: Date) -> Etape {
        let depuis = self.vue.appris(acte);
        self.dans(cle, depuis)
    }

    /// La date est fixée, par un texte ou par quelqu'un ; `acte` est ce qui l'a fait courir.
    ///
    /// Une date apprise après son terme se compte de ce jour-là : personne ne pouvait la tenir.
    pub(super) fn avant(mut self, le: Date, acte: Date) -> Etape {
        let appris = self.vue.appris(acte);
        if le >= appris {
            return self.le(le);
        }
        self.motifs.push(format!("terme déjà passé le {}, avant qu'on ne l'apprenne", Jour(le)));
        let reporte = self.delai_du_profil("confirmer", appris);
        self.le(reporte)
    }

    /// La date est celle d'un délai de droit ; où le texte se tait, celle du profil.
    pub(super) fn selon_la_loi(mut self, nom: &str, acte: Date, repli: &str) -> Etape {
        let mut entree = Entree::le(acte);
        entree.depuis = Some(acte);
        match appliquer(nom, &entree) {
            Ok(resultat) => {
                self.motifs.extend(resultat.motifs);
                match resultat.retenue {
                    Some(le) => self.avant(le, acte),
                    None => self.dans_apres(repli, acte),
                }
            }
            Err(_) => self.dans_apres(repli, acte),
        }
    }

    fn delai_du_profil(&mut self, cle: &str, depuis: Date) -> Date {
        let choix = self.vue.profil.delai(cle);
        self.motifs.push(format!(
            "{} à compter du {} ({})",
            choix.valeur,
            Jour(depuis),
            choix.source
        ));
        choix.valeur.terme(depuis, &self.vue.territoire)
    }

    fn le(self, avant_le: Date) -> Etape {
        let Self { regle, qui, quoi, motifs, .. } = self;
        Etape { quoi, qui, avant_le, regle, motifs }
    }
}
