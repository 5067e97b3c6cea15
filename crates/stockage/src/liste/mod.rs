//! Les listes de dossiers : filtres, recherche, ordre et pages.

use ccapex::partenaires::habilitation::{Perimetre, Vue};
use ccapex::recherche::termes::ecrit;
use jiff::civil::Date;

use crate::acces::releve;
use crate::base::requete::Requete;
use crate::base::valeur::SANS_ECHEANCE;
use crate::base::{Sql, Stockage};
use crate::compteurs::{COMMUNE, LISTE, STADE, compteurs};
use crate::dossier::VueDossier;
use crate::echec::Echec;

pub mod ordre;
pub(crate) mod perimetre;

use ordre::{Curseur, Sens, Tri};
use perimetre::Chemin;

/// Ce qu'on cherche. Un filtre vide ne restreint pas ; à plusieurs valeurs, une suffit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filtre {
    /// Ouverts, clos, ou tous.
    pub etendue: Etendue,
    /// La file de travail.
    pub file: Option<File>,
    /// Les sous-commissions.
    pub sous_commission: Vec<String>,
    /// Les services en charge.
    pub service: Vec<String>,
    /// Les statuts.
    pub statut: Vec<String>,
    /// Les stades.
    pub stade: Vec<String>,
    /// Ce qui court à côté de la procédure, par code.
    pub etat: Option<String>,
    /// La liste de suivi, par code.
    pub liste: Option<String>,
    /// À qui est la prochaine étape.
    pub qui: Vec<String>,
    /// Les codes INSEE des communes.
    pub commune: Vec<String>,
    /// Des mots du nom, ou le début d'une référence, déjà normalisés : minuscules sans accents.
    pub texte: Option<String>,
    /// Échéance strictement avant ce jour.
    pub echeance_avant: Option<Date>,
    /// Échéance ce jour ou après.
    pub echeance_apres: Option<Date>,
    /// Une réponse à une alerte est attendue de l'organisme de la personne.
    pub a_repondre: bool,
    /// Ces dossiers seulement, par référence ; vide : tous.
    pub references: Vec<String>,
    /// L'ordre.
    pub tri: Tri,
    /// L'ordre naturel de la colonne, ou l'inverse.
    pub sens: Sens,
    /// La page commence après cette place.
    pub apres: Option<Curseur>,
    /// Le nombre de lignes d'une page.
    pub limite: i64,
}

/// Quels dossiers, selon leur clôture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Etendue {
    /// Les dossiers ouverts.
    Ouverts,
    /// Les dossiers clos.
    Clos,
    /// Tous.
    Tous,
}

/// Une file de l'accueil : sa liste compte autant de lignes que son compteur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// Une donnée manque.
    ACompleter,
    /// Le service est à confirmer.
    AOrienter,
    /// Un rapprochement est à confirmer.
    AConfirmer,
    /// Une lettre attend.
    Courriers,
    /// Sans service ou sans étape datée.
    SansEtape,
    /// L'étape est celle de repli.
    AExaminer,
}

impl File {
    /// Le nom de la file, celui de son compteur.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ACompleter => "a_completer",
            Self::AOrienter => "a_orienter",
            Self::AConfirmer => "a_confirmer",
            Self::Courriers => "courriers",
            Self::SansEtape => "sans_etape",
            Self::AExaminer => "a_examiner",
        }
    }
}

/// Une page de liste.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Les dossiers.
    pub lignes: Vec<VueDossier>,
    /// Où commence la page suivante, s'il y en a une.
    pub suivant: Option<Curseur>,
    /// La recherche a trop de réponses : seules les premières ont été regardées.
    pub tronquee: bool,
}

/// Combien de dossiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compte {
    /// Exactement.
    Exact(i64),
    /// Au moins : compter plus loin prendrait trop de temps.
    AuMoins(i64),
}

/// Un début de nom qui désigne plus de dossiers que cela ne se trie pas : il faut le préciser.
const UN_MOT_MAX: i64 = 2_000;

/// À plusieurs mots, l'un restreint l'autre : on en regarde davantage.
const PLUSIEURS_MOTS_MAX: i64 = 20_000;

/// Au-delà, une liste dit « plus de ».
const COMPTE_MAX: i64 = 10_000;

impl Stockage {
    /// Une page de la liste des dossiers.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn liste(&self, du: &Perimetre, filtre: &Filtre) -> Result<Page, Echec> {
        if self.est_vide_d_avance(du, filtre).await? {
            return Ok(Page { lignes: vec![], suivant: None, tronquee: false });
        }
        let recherche = self.recherche(filtre).await?;
        // Trier des numéros, puis lire les lignes d'une page : une ligne est longue.
        let mut requete = filtree(du, filtre, &recherche, "SELECT d.id");
        let ordre = ordre::ecrit(filtre.tri, filtre.sens);
        if let Some(curseur) = &filtre.apres {
            ordre::apres(&mut requete, filtre.tri, filtre.sens, curseur);
        }
        requete.texte(&ordre).texte(" LIMIT ").valeur(filtre.limite + 1);
        let colonnes = include_str!("../dossier/colonnes.sql");
        requete.sql = format!("{colonnes} WHERE d.id IN ({}){ordre}", requete.sql);
        let mut lignes: Vec<VueDossier> =
            self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let encore = i64::try_from(lignes.len()).is_ok_and(|n| n > filtre.limite);
        if encore {
            lignes.pop();
        }
        let suivant = lignes.last().filter(|_| encore).map(|d| Curseur::de(d, filtre.tri));
        releve::apercus(lignes.iter().map(|d| d.id));
        Ok(Page { lignes, suivant, tronquee: recherche.tronquee() })
    }

    /// Le nombre de dossiers qu'une liste a en tout : par les compteurs tenus quand ils suffisent.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn compter(&self, du: &Perimetre, filtre: &Filtre) -> Result<Compte, Echec> {
        if let Some(tenu) = tenu(du, filtre) {
            return self.compter_par_compteur(du, filtre, &tenu).await;
        }
        if let (Vue::Service(service), Some(ouverts), None, None) = (
            du.vue(),
            tenu(&du.clone().en_entier(), filtre).filter(Tenu::est_ouverts),
            filtre.service.first(),
            filtre.sous_commission.first(),
        ) {
            // Ceux qui lui sont confiés par le compteur tenu, ceux où il n'a qu'une part un à un.
            let tenus = self.compter_par_compteur(du, filtre, &ouverts).await?;
            let debut = Requete {
                sql: "SELECT COUNT(*) AS n FROM vue_dossier d".to_owned(),
                valeurs: vec![],
            };
            let mut requete = perimetre::de_ses_parties(du, debut);
            requete.texte(" AND d.clos_le IS NULL AND d.service <> ").valeur(service.as_str());
            let parts: Option<i64> =
                self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
            return Ok(match tenus {
                Compte::Exact(n) | Compte::AuMoins(n) => {
                    Compte::Exact(n + parts.unwrap_or_default())
                }
            });
        }
        let recherche = self.recherche(filtre).await?;
        let mut requete = filtree(du, filtre, &recherche, "SELECT 1 AS un");
        requete.texte(" LIMIT ").valeur(COMPTE_MAX + 1);
        let sql = format!("SELECT COUNT(*) AS n FROM ({}) t", requete.sql);
        let n: i64 =
            self.base.lire_une(Sql::Assemble(sql), requete.valeurs).await?.unwrap_or_default();
        Ok(match n {
            n if n > COMPTE_MAX => Compte::AuMoins(COMPTE_MAX),
            n if recherche.tronquee() => Compte::AuMoins(n),
            n => Compte::Exact(n),
        })
    }

    /// Un compteur tenu dit qu'il n'y a rien : chercher une valeur absente lirait tout l'index.
    async fn est_vide_d_avance(&self, du: &Perimetre, filtre: &Filtre) -> Result<bool, Echec> {
        match tenu(du, filtre) {
            Some(tenu) if !tenu.est_ouverts() => {
                let compte = self.compter_par_compteur(du, filtre, &tenu).await?;
                Ok(compte == Compte::Exact(0))
            }
            Some(_) | None => Ok(false),
        }
    }

    async fn compter_par_compteur(
        &self,
        du: &Perimetre,
        filtre: &Filtre,
        tenu: &Tenu,
    ) -> Result<Compte, Echec> {
        let mut requete = Requete::default();
        requete.texte("SELECT CAST(COALESCE(SUM(c.n), 0) AS BIGINT) AS n FROM vue_compte c");
        requete.texte(" WHERE c.profil = ").valeur(du.profil());
        match tenu {
            Tenu::Compteurs(noms) => {
                requete.texte(" AND c.jour = ''");
                parmi(&mut requete, "c.compteur", noms);
            }
            Tenu::Etapes { depuis, avant } => {
                requete.texte(" AND c.compteur = 'etape'");
                if let Some(depuis) = depuis {
                    requete.texte(" AND c.jour >= ").valeur(*depuis);
                }
                if let Some(avant) = avant {
                    requete.texte(" AND c.jour < ").valeur(*avant);
                }
            }
        }
        let (sous_commission, service) = match du.vue() {
            Vue::SousCommission(code) => (Some(code), None),
            Vue::Service(code) => (None, Some(code)),
            Vue::Profil | Vue::Parties | Vue::Chiffres => (None, None),
        };
        if let Some(code) = sous_commission {
            requete.texte(" AND c.sous_commission = ").valeur(code.as_str());
        }
        if let Some(code) = service {
            requete.texte(" AND c.service = ").valeur(code.as_str());
        }
        parmi(&mut requete, "c.sous_commission", &filtre.sous_commission);
        parmi(&mut requete, "c.service", &filtre.service);
        let n: Option<i64> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        // Les restreints ne sont pas dans les compteurs tenus : ceux qu'on peut lire se comptent un à un.
        let restreints = self.restreints(du).await?;
        let ici = |d: &&VueDossier| {
            let parmi = |codes: &[String], sien| codes.is_empty() || codes.contains(sien);
            parmi(&filtre.sous_commission, &d.sous_commission)
                && parmi(&filtre.service, &d.service)
                && tenu.compte(d)
        };
        let restreints = restreints.iter().filter(ici).count() as i64;
        Ok(Compte::Exact(n.unwrap_or_default() + restreints))
    }

    /// Le mot le moins répandu de la recherche : c'est par lui qu'on entre dans l'index.
    async fn recherche(&self, filtre: &Filtre) -> Result<Recherche, Echec> {
        let Some(texte) = filtre.texte.as_deref().map(str::trim).filter(|t| !t.is_empty()) else {
            return Ok(Recherche::Aucune);
        };
        if texte.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Recherche::Reference(texte.to_uppercase()));
        }
        let mots: Vec<String> = texte.split_whitespace().map(str::to_owned).collect();
        let limite = if mots.len() == 1 { UN_MOT_MAX } else { PLUSIEURS_MOTS_MAX };
        let mut entree: Option<(i64, &String)> = None;
        for mot in &mots {
            let mut requete = Requete::default();
            requete.texte("SELECT COUNT(*) AS n FROM (SELECT 1 AS un FROM vue_terme v WHERE ");
            par_debut(&mut requete, "v.terme", &ecrit(mot));
            requete.texte(" LIMIT ").valeur(limite + 1).texte(") t");
            let n: i64 = self
                .base
                .lire_une(Sql::Assemble(requete.sql), requete.valeurs)
                .await?
                .unwrap_or_default();
            if entree.is_none_or(|(moindre, _)| n < moindre) {
                entree = Some((n, mot));
            }
        }
        Ok(match entree {
            Some((n, mot)) => {
                Recherche::Mots { entree: mot.clone(), tronquee: n > limite, limite, mots }
            }
            None => Recherche::Aucune,
        })
    }
}

/// Comment un texte se cherche.
enum Recherche {
    Aucune,
    Reference(String),
    Mots { entree: String, mots: Vec<String>, limite: i64, tronquee: bool },
}

impl Recherche {
    /// Les dossiers par où la recherche entre.
    fn entree(&self) -> Option<Requete> {
        let mut requete = Requete::default();
        match self {
            Self::Aucune => return None,
            Self::Reference(debut) => {
                requete.texte("SELECT r.id FROM vue_dossier r WHERE ");
                par_debut(&mut requete, "r.reference", debut);
                requete.texte(" LIMIT ").valeur(UN_MOT_MAX);
            }
            Self::Mots { entree, limite, .. } => {
                requete.texte("SELECT DISTINCT m.dossier AS id FROM (");
                requete.texte("SELECT v.dossier FROM vue_terme v WHERE ");
                par_debut(&mut requete, "v.terme", &ecrit(entree));
                requete.texte(" LIMIT ").valeur(*limite).texte(") m");
            }
        }
        Some(requete)
    }

    fn tronquee(&self) -> bool {
        match self {
            Self::Mots { tronquee, .. } => *tronquee,
            Self::Aucune | Self::Reference(_) => false,
        }
    }
}

/// Ce qui, des compteurs tenus, répond à un filtre.
enum Tenu {
    /// Des compteurs sans jour, dont un dossier n'a qu'un.
    Compteurs(Vec<String>),
    /// Les étapes de ces jours, le dernier exclu.
    Etapes { depuis: Option<Date>, avant: Option<Date> },
}

impl Tenu {
    fn est_ouverts(&self) -> bool {
        matches!(self, Self::Compteurs(noms) if noms == &["ouvert"])
    }

    /// Ce dossier y compte pour un.
    fn compte(&self, vue: &VueDossier) -> bool {
        match self {
            Self::Compteurs(noms) => {
                compteurs(vue).iter().any(|(sien, _)| noms.iter().any(|nom| nom == sien))
            }
            Self::Etapes { depuis, avant } => vue.etape_avant_le.is_some_and(|jour| {
                vue.clos_le.is_none()
                    && depuis.is_none_or(|depuis| jour >= depuis)
                    && avant.is_none_or(|avant| jour < avant)
            }),
        }
    }
}

/// Ce qui, des compteurs tenus, répond à ce filtre, s'il y a quelque chose.
fn tenu(du: &Perimetre, filtre: &Filtre) -> Option<Tenu> {
    let tenu_pour = match du.vue() {
        Vue::Profil | Vue::SousCommission(_) => true,
        // Un service a aussi sa part de dossiers confiés à d'autres : les compteurs l'ignorent.
        Vue::Service(_) => du.parties().is_empty(),
        Vue::Parties | Vue::Chiffres => false,
    };
    let restreint = filtre.commune.iter().any(String::is_empty)
        || !filtre.qui.is_empty()
        || !filtre.references.is_empty()
        || filtre.texte.is_some()
        || filtre.a_repondre;
    if !tenu_pour || restreint || filtre.etendue != Etendue::Ouverts {
        return None;
    }
    // Un dossier n'a qu'un statut, un stade, une commune : plusieurs valeurs s'additionnent.
    let nommes = |debut: &str, codes: &[String]| -> Vec<String> {
        codes.iter().map(|code| format!("{debut}{code}")).collect()
    };
    let mut dits = vec![
        filtre.file.map(|file| file.code().to_owned()).into_iter().collect(),
        nommes("statut:", &filtre.statut),
        nommes(STADE, &filtre.stade),
        nommes(COMMUNE, &filtre.commune),
        nommes("etat:", filtre.etat.as_slice()),
        nommes(LISTE, filtre.liste.as_slice()),
    ];
    dits.retain(|noms: &Vec<String>| !noms.is_empty());
    let (depuis, avant) = (filtre.echeance_apres, filtre.echeance_avant);
    match (dits.len(), depuis.is_some() || avant.is_some()) {
        (0, true) => Some(Tenu::Etapes { depuis, avant }),
        (0, false) => Some(Tenu::Compteurs(vec!["ouvert".to_owned()])),
        (1, false) => dits.pop().map(Tenu::Compteurs),
        _ => None,
    }
}

fn filtree(du: &Perimetre, filtre: &Filtre, recherche: &Recherche, selection: &str) -> Requete {
    let etroit = !filtre.commune.is_empty() || !filtre.qui.is_empty();
    let chemin = if etroit { Chemin::Etroit } else { Chemin::Libre };
    let a_repondre = || filtre.a_repondre.then(|| perimetre::a_repondre(du));
    let entree = recherche.entree().or_else(|| par_references(filtre)).or_else(a_repondre);
    let mut requete = perimetre::des_dossiers(du, selection, entree, chemin);
    match filtre.etendue {
        Etendue::Ouverts => requete.texte(" AND d.clos_le IS NULL"),
        Etendue::Clos => requete.texte(" AND d.clos_le IS NOT NULL"),
        Etendue::Tous => &mut requete,
    };
    if let Some(file) = filtre.file {
        requete.texte(match file {
            File::ACompleter => " AND d.file = 'a_completer' AND d.file <> ''",
            File::AOrienter => " AND d.a_orienter = 1",
            File::AConfirmer => " AND d.questions > 0",
            File::Courriers => " AND d.courriers > 0",
            File::SansEtape => " AND d.sans_etape = 1",
            File::AExaminer => " AND d.etape_regle = 'a_examiner'",
        });
    }
    let egaux = [
        (perimetre::colonne("d.sous_commission", chemin), &filtre.sous_commission),
        (perimetre::colonne("d.service", chemin), &filtre.service),
        ("d.statut".into(), &filtre.statut),
        ("d.stade".into(), &filtre.stade),
        ("d.commune".into(), &filtre.commune),
        ("d.etape_qui".into(), &filtre.qui),
    ];
    for (colonne, valeurs) in egaux {
        parmi(&mut requete, &colonne, valeurs);
    }
    if !matches!(recherche, Recherche::Aucune) {
        parmi(&mut requete, "d.reference", &filtre.references);
    }
    if let Some(code) = &filtre.liste {
        perimetre::en_liste(&mut requete, code);
    }
    if let Some(code) = &filtre.etat {
        requete.texte(" AND d.etats <> '' AND d.etats LIKE ");
        requete.valeur(format!("% {} %", litteral(code))).texte(" ESCAPE '\\'");
    }
    if let Some(jour) = filtre.echeance_avant {
        requete.texte(" AND d.etape_avant_le < ").valeur(jour);
    }
    if let Some(jour) = filtre.echeance_apres {
        requete.texte(" AND d.etape_avant_le >= ").valeur(jour);
        requete.texte(" AND d.etape_avant_le < ").valeur(SANS_ECHEANCE);
    }
    if filtre.a_repondre {
        perimetre::ou_repondre(du, &mut requete);
    }
    if let Recherche::Mots { entree, mots, .. } = recherche {
        for mot in mots.iter().filter(|mot| *mot != entree) {
            requete.texte(" AND d.mots LIKE ").valeur(format!("% {}%", litteral(mot)));
            requete.texte(" ESCAPE '\\'");
        }
    }
    requete
}

/// Les dossiers choisis un à un, par où l'on entre.
fn par_references(filtre: &Filtre) -> Option<Requete> {
    if filtre.references.is_empty() {
        return None;
    }
    let mut requete = Requete::default();
    requete.texte("SELECT r.id FROM vue_dossier r WHERE 1 = 1");
    parmi(&mut requete, "r.reference", &filtre.references);
    Some(requete)
}

/// La colonne a l'une de ces valeurs ; aucune ne restreint pas.
fn parmi(requete: &mut Requete, colonne: &str, valeurs: &[String]) {
    match valeurs {
        [] => {}
        [seule] => {
            requete.texte(" AND ").texte(colonne).texte(" = ").valeur(seule.as_str());
        }
        plusieurs => {
            requete.texte(" AND ").texte(colonne).texte(" IN (");
            for (i, valeur) in plusieurs.iter().enumerate() {
                requete.texte(if i == 0 { "" } else { ", " }).valeur(valeur.as_str());
            }
            requete.texte(")");
        }
    }
}

/// La colonne commence par ce texte : un intervalle, que tout index sert.
pub(crate) fn par_debut(requete: &mut Requete, colonne: &str, debut: &str) {
    requete.texte(colonne).texte(" >= ").valeur(debut);
    requete.texte(" AND ").texte(colonne).texte(" < ").valeur(apres_ce_debut(debut));
}

/// Après tout texte qui commence ainsi.
pub(crate) fn apres_ce_debut(debut: &str) -> String {
    format!("{debut}\u{10ffff}")
}

/// Un mot sans sens particulier pour LIKE.
pub(crate) fn litteral(mot: &str) -> String {
    mot.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
